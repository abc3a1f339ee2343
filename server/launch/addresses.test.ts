import { expect, test } from 'vitest';

import { localNetworkAddresses, reachableOrigins } from './addresses.ts';

const ipv4 = (address: string, internal = false) => ({ address, family: 'IPv4' as const, internal });

test('the hall comes before the networks of containers, and loopback is left out', () => {
	const addresses = localNetworkAddresses({
		lo: [ipv4('127.0.0.1', true)],
		docker0: [ipv4('172.17.0.1')],
		wlan0: [ipv4('192.168.1.20'), { address: 'fe80::1', family: 'IPv6', internal: false }],
		eth1: [ipv4('169.254.3.4')],
	});
	expect(addresses).toEqual(['192.168.1.20', '172.17.0.1']);
});

test('a board for everybody names the hall first, and this machine last', () => {
	expect(reachableOrigins('0.0.0.0', 3000, ['192.168.1.20'])).toEqual([
		'http://192.168.1.20:3000',
		'http://localhost:3000',
	]);
});

test('without a network there is still this machine', () => {
	expect(reachableOrigins('::', 3000, [])).toEqual(['http://localhost:3000']);
});

test('a board that listens on one address names only that', () => {
	expect(reachableOrigins('127.0.0.1', 3000, ['192.168.1.20'])).toEqual(['http://localhost:3000']);
	expect(reachableOrigins('192.168.1.20', 80, ['192.168.1.20'])).toEqual(['http://192.168.1.20']);
	expect(reachableOrigins('fd00::1', 3000, [])).toEqual(['http://[fd00::1]:3000']);
});
