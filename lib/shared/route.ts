type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Method and path of an operation, `PUT /v1/customers/{customerId}/budget/monthly`. */
export type Route = `${Method} /${string}`;

export const changesSomething = ({ route }: { readonly route: Route }): boolean => !route.startsWith('GET ');
