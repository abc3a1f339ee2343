const words = (
	'wir der die das und oder mit ohne für auf dem Platz im Dorf eine Bank Bäume Schatten Kinder spielen nachmittags ' +
	'Rasen Brunnen Treffpunkt Fahrräder Bus alle zehn Minuten abends Lichter Café près de la gare un jardin partagé avec ' +
	'les voisins et des arbres fruitiers plus de vélos moins de bruit a place to meet where young and old cook together'
).split(' ');

/** Prose of exactly so many characters. */
export function proseOf(length: number): string {
	let prose = '';
	for (let index = 0; prose.length < length; index += 1)
		prose += `${words[(index * 7 + (index >> 5)) % words.length] ?? ''} `;
	return `${prose.slice(0, length - 1)}.`;
}
