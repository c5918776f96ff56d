/**
 * Base64url → bytes, or undefined unless it is the one spelling of those bytes: with stray bits in the last character,
 * padding or foreign characters, two texts would be one token, and a revoked one could be respelt.
 */
export function exactBytes(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length > 0 && bytes.toString('base64url') === text ? bytes : undefined;
}
