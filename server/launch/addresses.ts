import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

import { type Config } from '../config.ts';

/** Networks that a phone in the hall can't be in: of containers, virtual machines and tunnels. */
const virtual = /^(docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap|wg|tailscale|zt|lxc|cni|flannel)/;

type Interfaces = NodeJS.Dict<Pick<NetworkInterfaceInfo, 'address' | 'family' | 'internal'>[]>;

/** The IPv4 addresses of this machine in its local networks, the likely ones first. */
export function localNetworkAddresses(interfaces: Interfaces = networkInterfaces()): string[] {
	const found = Object.entries(interfaces).flatMap(([name, entries = []]) =>
		entries
			.filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
			.map(({ address }) => ({ address, rank: virtual.test(name) ? 1 : 0 })),
	);
	return found.sort((one, other) => one.rank - other.rank).map(({ address }) => address);
}

/** Where the board can be opened when it listens on `host`; the first is what we tell people if nobody chose. */
export function reachableOrigins(
	host: string,
	port: number,
	lan: readonly string[] = localNetworkAddresses(),
): string[] {
	const origin = (name: string) => new URL(`http://${name.includes(':') ? `[${name}]` : name}:${port}`).origin;
	if (host === '0.0.0.0' || host === '::') return [...lan, 'localhost'].map(origin);
	return [origin(host === '127.0.0.1' || host === '::1' ? 'localhost' : host)];
}

/** The address for links and QR codes: the one that was set, else the first under which the hall can reach us. */
export function publicOrigin({ host, port, publicUrl }: Pick<Config, 'host' | 'port' | 'publicUrl'>): string {
	return publicUrl ?? reachableOrigins(host, port)[0] ?? `http://localhost:${port}`;
}
