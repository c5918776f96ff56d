import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, Matches } from 'class-validator';

/** Codes that people type. An empty list is refused: it would open to everybody what was for some. */
export function AreCodes(most: number): PropertyDecorator {
  return (target, property) => {
    IsOptional()(target, property);
    IsArray()(target, property);
    ArrayMinSize(1)(target, property);
    ArrayMaxSize(most)(target, property);
    Matches(/^[A-Za-z0-9-]{4,40}$/, {
      each: true,
      message: 'each value in $property must be 4 to 40 letters, digits and hyphens',
    })(target, property);
  };
}
