import { adyenDouble } from './adyen-double';
import { gatewayContract } from './contract';

gatewayContract('Adyen', adyenDouble);
