import { IsBoolean, IsIn, IsObject } from 'class-validator';

export class HealthView {
  @IsIn(['pass', 'fail']) status!: 'pass' | 'fail';
  @IsBoolean() live!: boolean;
  @IsBoolean() ready!: boolean;
  /** Each dependency by name: pass or fail. */
  @IsObject() checks!: Record<string, 'pass' | 'fail'>;
}
