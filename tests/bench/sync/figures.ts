import type { ServerName } from './dialects.ts';
import type { Phase } from './load.ts';

/** One server under one load. */
export type Row = {
	/** Such as `text300`. */
	readonly load: string;
	readonly server: ServerName;
	readonly phase: Phase;
	/** CPU of the server, and of Postgres for it, in microseconds for each change at each other client. */
	readonly cpuPerDelivery: number;
	readonly postgresPerDelivery: number;
	readonly bytesPerDelivery: number;
	/** Of the server's core while changes were sent and delivered. */
	readonly cpuShare: number;
	/** Of the load's core, by the load and by Postgres. */
	readonly loadCoreShare: number;
};

export function rowOf(
	load: string,
	server: ServerName,
	phase: Phase,
	used: { serverMicroseconds: number; postgresMicroseconds: number },
): Row {
	const { deliveries } = phase;
	return {
		load,
		server,
		phase,
		cpuPerDelivery: used.serverMicroseconds / deliveries,
		postgresPerDelivery: used.postgresMicroseconds / deliveries,
		bytesPerDelivery: phase.receivedBytes / deliveries,
		cpuShare: used.serverMicroseconds / 1e6 / phase.seconds,
		loadCoreShare: phase.cpuShare + used.postgresMicroseconds / 1e6 / phase.seconds,
	};
}
