"""Words that make up many Dutch and French passwords: months, weekdays, towns, clubs, pay and greetings.

zxcvbn's own lists are English with some Dutch and French; months and towns with a year behind them score as
strong there ("Oktober2026Gent").
"""

from __future__ import annotations

_MONTHS = """
januari februari maart april mei juni juli augustus september oktober november december
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
january february march june july august october
"""
_DAYS = """
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag lundi mardi mercredi jeudi vendredi samedi dimanche
lente zomer herfst winter voorjaar najaar printemps automne hiver spring summer autumn
"""
_TOWNS = """
aalst aarschot anderlecht antwerpen anvers beringen bilzen blankenberge bruxelles brussel brussels brugge
bruges charleroi dendermonde destelbergen diest eeklo geel genk gent gand geraardsbergen halle harelbeke
hasselt heusden herentals ieper izegem knokke kortrijk courtrai leuven louvain liege luik lier lokeren lommel
maaseik mechelen malines mons bergen mouscron moeskroen namur namen nijvel nivelles ninove oostende
ostende oudenaarde poperinge roeselare ronse seraing torhout tongeren tournai doornik turnhout verviers
vilvoorde waregem wavre waver zottegem arlon aarlen bastogne dinant hainaut henegouwen limburg brabant
vlaanderen flandre wallonie belgie belgique belgium alkmaar almelo almere alphen amersfoort
amstelveen amsterdam apeldoorn arnhem assen breda delft denbosch denhaag dordrecht drenthe ede eindhoven
emmen enschede friesland gelderland gouda
groningen haarlem heerlen helmond hengelo hilversum hoofddorp hoorn leeuwarden leiden lelystad maastricht
middelburg nederland netherlands nijmegen noordholland overijssel purmerend roermond roosendaal rotterdam
schiedam sittard spijkenisse tilburg utrecht veenendaal venlo vlaardingen vlissingen zaandam zeeland zeist
zoetermeer zuidholland zutphen zwolle
"""
_HABITS = """
welkom welcome bienvenue wachtwoord paswoord motdepasse password passwort geheim secret bonjour salut hallo
goedemorgen goeiedag azerty qwerty login inloggen connexion account admin beheerder administrateur gebruiker
loon lonen loonadministratie personeel personeelszaken salaris salaire salaires paie paye payroll kantoor
bureau bedrijf firma entreprise societe werkgever employeur vakantie verlof conges conge vacances hrtui
voetbal football bakkerij slagerij kapsalon kapper garage apotheek schilder bouw transport restaurant
winkel boulangerie boucherie coiffure pharmacie peinture batiment magasin
clubbrugge standard ajax feyenoord schatje liefje chouchou doudou soleil bisous
"""

COMMON_WORDS = frozenset(" ".join((_MONTHS, _DAYS, _TOWNS, _HABITS)).split())
"""In lower case without accents."""
