import { renderUnicodeCompact } from 'uqr';

import { type Config } from '../config.ts';
import { publicOrigin, reachableOrigins } from './addresses.ts';

export type Welcome = {
	config: Pick<Config, 'host' | 'port' | 'publicUrl'>;
	/** Where the data is. */
	description: string;
	/** The code of an evening that people can join at once. */
	joinCode?: string | undefined;
	/** Signs the facilitator in, once, and not for long. */
	signInLink?: string | undefined;
};

/** What the terminal shows when the doors are open. */
export function greeting({ config, description, joinCode, signInLink }: Welcome): string {
	const origin = publicOrigin(config);
	const joinLink = joinCode === undefined ? origin : `${origin}/j/${joinCode}`;
	const addresses = [...new Set([origin, ...reachableOrigins(config.host, config.port)])];
	return [
		'',
		'  Boost Board is running.',
		'',
		...addresses.map((address) => `  ${address}`),
		'',
		indented(renderUnicodeCompact(joinLink)),
		'',
		...(joinCode === undefined ? [] : [`  Join:            ${joinLink}   (code ${spoken(joinCode)})`]),
		...(signInLink === undefined
			? []
			: [
					`  Facilitate:      ${signInLink}`,
					'                   (works once, for 15 minutes; another one: npm run sign-in)',
				]),
		`  Data:            ${description}`,
		'  Stop:            Ctrl-C',
		'',
	].join('\n');
}

/** Eight digits are read out in two groups. */
function spoken(code: string): string {
	return `${code.slice(0, 4)} ${code.slice(4)}`;
}

function indented(text: string): string {
	return text.replaceAll(/^/gm, '  ');
}
