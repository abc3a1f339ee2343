import { oneOf, type Random } from './seeded-random.ts';

const names = [
	...['Anouk', 'Ben', 'Carole', 'Diogo', 'Elisabeth', 'Fernand', 'Georges', 'Hélène', 'Inês', 'Jang', 'Kim', 'Lena'],
	...[
		'Marie',
		'Nico',
		'Oliver',
		'Paula',
		'Quentin',
		'Rui',
		'Sandra',
		'Tom',
		'Ute',
		'Viviane',
		'Wolfgang',
		'Yves',
		'Zoé',
	],
];
/** Not everybody gives a name. */
const namedShare = 0.7;

export function drawNickname(random: Random): string | null {
	return random() < namedShare ? (oneOf(random, names) ?? null) : null;
}
