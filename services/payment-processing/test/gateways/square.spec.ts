import { gatewayContract } from './contract';
import { squareDouble } from './square-double';

gatewayContract('Square', squareDouble);
