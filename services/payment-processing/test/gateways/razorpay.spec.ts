import { gatewayContract } from './contract';
import { razorpayDouble } from './razorpay-double';

gatewayContract('Razorpay', razorpayDouble);
