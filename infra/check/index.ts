export { EvaluationFault } from './evaluate/frame';
export { holdsUnknown, isUnknown, type Unknown, type Value, type ValueObject } from './evaluate/value';
export { expand, type ExpandedResource, type Expansion } from './expand';
export { BicepFile } from './read/file';
export { Sources, templatesOf } from './read/sources';
