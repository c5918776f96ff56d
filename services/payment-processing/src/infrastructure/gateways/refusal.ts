/** Whether a gateway that answers so has done nothing. A wrong key, a full queue or a repeat at the same time says nothing of the payment. */
export const isRefusal = (status: number | undefined): boolean =>
  status !== undefined &&
  status >= 400 &&
  status < 500 &&
  ![401, 403, 408, 409, 423, 424, 425, 429].includes(status);
