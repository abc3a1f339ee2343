import type { LocalizedText } from '#lib/domain/localized-text.ts';

export const programmeName: LocalizedText = {
	lb: 'Boost Lokal Lëtzebuerg',
	fr: 'Boost Lokal Luxembourg',
	de: 'Boost Lokal Luxemburg',
	en: 'Boost Lokal Luxembourg',
	pt: 'Boost Lokal Luxemburgo',
};

export const editionDescription: LocalizedText = {
	lb: 'D’Leit aus dräizéng Gemenge soe, wat hinne feelt, erfannen zesummen Äntwerten a maachen doraus Projeten, déi Aarbecht op der Plaz schafen.',
	fr: 'Dans treize communes, les habitantes et habitants disent ce qui leur manque, inventent ensemble des réponses et en font des projets qui créent des emplois sur place.',
	de: 'In dreizehn Gemeinden sagen die Menschen, was ihnen fehlt, erfinden gemeinsam Antworten und machen daraus Projekte, die Arbeit vor Ort schaffen.',
	en: 'In thirteen communes people say what they miss, invent answers together and turn them into projects that create work nearby.',
	pt: 'Em treze comunas, as pessoas dizem o que lhes falta, inventam respostas em conjunto e fazem delas projetos que criam emprego local.',
};

export const regionSource = 'STATEC (population by commune); centres © OpenStreetMap contributors (ODbL)';

export const mamerTitle: LocalizedText = {
	lb: 'Co-Kreatiounsowend, Mamer',
	fr: 'Soirée de co-création, Mamer',
	de: 'Co-Kreationsabend, Mamer',
	en: 'Co-creation evening, Mamer',
	pt: 'Noite de cocriação, Mamer',
};

export const mamerAttribution =
	'Challenges: the seven tables of Boost Lokal Lëtzebuerg, Region West, in Mamer on 6 June 2024, as published in English; the other languages are our translation.';

export const klimaratTitle: LocalizedText = {
	lb: 'Klimarat: Produktioun a Konsum',
	fr: 'Klimarat : production et consommation',
	de: 'Klimarat: Produktion und Konsum',
	en: 'Klimarat: production and consumption',
	pt: 'Klimarat: produção e consumo',
};

export const klimaratAttribution =
	'Data was gathered using the Polis software (compdemocracy.org/polis) and is sub-licensed under CC BY 4.0 with Attribution to The Computational Democracy Project. More on how it was collected: https://compdemocracy.org/case-studies/2022-Austria-Klimarat';
