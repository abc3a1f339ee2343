import type { LocalizedText } from '#lib/domain/localized-text.ts';

/**
 * The seven tables of the co-creation evening in Mamer on 6 June 2024. The English wording is the published one, a little
 * shortened; the others are translations of it.
 */
export const mamerChallenges: readonly { readonly key: string; readonly question: LocalizedText }[] = [
	{
		key: 'ludus',
		question: {
			lb: 'BOOST Ludus: Wéi kënne mir eng Plaz fir all Generatioune schafen, wou een zesumme léiert, spillt an allerhand mécht, mat deem, wat op der Plaz do ass?',
			fr: 'BOOST Ludus : comment créer un lieu de rencontre entre générations où apprendre, jouer et vivre toutes sortes d’activités avec les ressources du lieu ?',
			de: 'BOOST Ludus: Wie können wir einen Treffpunkt für alle Generationen schaffen, an dem man lernt, spielt und vieles unternimmt, mit dem, was vor Ort da ist?',
			en: 'BOOST Ludus: How can we create an intergenerational meeting place where people can learn, play and enjoy a range of activities using on-site resources?',
			pt: 'BOOST Ludus: Como podemos criar um lugar de encontro entre gerações, para aprender, brincar e fazer muitas atividades com os recursos do local?',
		},
	},
	{
		key: 'kilogram',
		question: {
			lb: 'BOOST Kilogram: Wéi kënne mir aus der Zero-Waste-Epicerie Kilogram.lu e Projet maachen, dee mir zesumme geréieren?',
			fr: 'BOOST Kilogram : comment faire de l’épicerie zéro déchet Kilogram.lu un projet géré collectivement ?',
			de: 'BOOST Kilogram: Wie können wir den Unverpackt-Laden Kilogram.lu zu einem gemeinsam getragenen Projekt machen?',
			en: 'BOOST Kilogram: How can we turn the Kilogram.lu zero-waste grocery store into a collectively managed project?',
			pt: 'BOOST Kilogram: Como podemos fazer da mercearia sem desperdício Kilogram.lu um projeto gerido em conjunto?',
		},
	},
	{
		key: 'cafe',
		question: {
			lb: 'Wéi kënne mir e Bierger-Café mat Epicerie opbauen, deen einfacht lokaalt Iessen ubitt a Leit zesummebréngt?',
			fr: 'Comment développer un café-épicerie citoyen qui propose des plats simples et locaux et crée du lien social ?',
			de: 'Wie können wir ein Bürgercafé mit Lebensmittelladen aufbauen, das einfache Gerichte aus der Gegend anbietet und Menschen zusammenbringt?',
			en: 'How can we develop a local community café and grocery shop offering simple, local meals and creating social links?',
			pt: 'Como podemos criar um café e mercearia da comunidade, com refeições simples e locais, que aproxime as pessoas?',
		},
	},
	{
		key: 'exchange',
		question: {
			lb: 'Wéi kënne mir eng Plattform opbauen, fir Servicer a Saachen ze tauschen an ze verkafen?',
			fr: 'Comment mettre en place une plateforme d’échange et de vente de services et d’objets ?',
			de: 'Wie können wir eine Plattform für den Tausch und Verkauf von Diensten und Gegenständen aufbauen?',
			en: 'How can we set up a platform for the exchange and sale of services and objects?',
			pt: 'Como podemos criar uma plataforma para trocar e vender serviços e objetos?',
		},
	},
	{
		key: 'launch',
		question: {
			lb: 'Wéi kënne mir d’Leit op der Plaz ënnerstëtzen, nei Projeten op d’Been ze stellen?',
			fr: 'Comment aider les habitantes et habitants à lancer de nouveaux projets ?',
			de: 'Wie können wir Menschen vor Ort dabei unterstützen, neue Projekte zu starten?',
			en: 'How can we support local people in launching new projects?',
			pt: 'Como podemos apoiar quem vive aqui a lançar novos projetos?',
		},
	},
	{
		key: 'meeting-places',
		question: {
			lb: 'Wéi kënne mir eise Quartiere mat Treffpunkten neit Liewe ginn? Wéi gi mir op d’Bedierfnesser vun eelere Leit an, déi vill eleng sinn?',
			fr: 'Comment redonner vie à nos quartiers grâce à des lieux de rencontre ? Comment répondre aux besoins des personnes âgées isolées ?',
			de: 'Wie können wir unsere Viertel durch Treffpunkte neu beleben? Wie begegnen wir den Bedürfnissen einsamer älterer Menschen?',
			en: 'How can we breathe new life into our neighbourhoods through meeting places? How can we address the needs of isolated elderly people?',
			pt: 'Como podemos dar nova vida aos nossos bairros com lugares de encontro? Como responder às necessidades das pessoas idosas isoladas?',
		},
	},
	{
		key: 'housing',
		question: {
			lb: 'Wéi kënne mir gemeinschaftlecht an ökologescht Wunnen op der Plaz fërderen?',
			fr: 'Comment favoriser l’émergence d’habitats participatifs et écologiques au niveau local ?',
			de: 'Wie können wir gemeinschaftliches und ökologisches Wohnen vor Ort fördern?',
			en: 'How can we encourage the emergence of participative and ecological housing at local level?',
			pt: 'Como podemos favorecer o surgimento de habitação participativa e ecológica a nível local?',
		},
	},
];
