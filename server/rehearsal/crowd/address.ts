/** Where the server is, and how a person's browser names it. */
export type ServerAddress = {
	/** Scheme, host and port, without a slash at the end. */
	readonly origin: string;
	readonly host: string;
	readonly port: number;
};

/** @param origin such as `http://127.0.0.1:3000` */
export function serverAddress(origin: string): ServerAddress {
	const { hostname, port } = new URL(origin);
	return { origin, host: hostname.replace(/^\[(.*)\]$/, '$1'), port: port === '' ? 80 : Number(port) };
}
