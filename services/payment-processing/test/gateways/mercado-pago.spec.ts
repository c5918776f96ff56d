import { gatewayContract } from './contract';
import { mercadoPagoDouble } from './mercado-pago-double';

gatewayContract('Mercado Pago', mercadoPagoDouble);
