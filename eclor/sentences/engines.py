"""Sentences of: the engines that apply policies, and what they need of the machine."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final = {
    "engine.no-spark": Sentence(
        fr="Le moteur Spark est demandé, mais PySpark n'est pas installé.",
        en="The Spark engine is asked for, but PySpark is not installed.",
        cure_fr="Tapez « scripts/environment spark », ou choisissez « --engine duckdb » (ECLOR_ENGINE=duckdb).",
        cure_en="Type scripts/environment spark, or choose --engine duckdb (ECLOR_ENGINE=duckdb).",
        status=500,
    ),
    "engine.no-java": Sentence(
        fr="Le moteur Spark est demandé, mais aucun Java 17 ou 21 ne le démarre.",
        en="The Spark engine is asked for, but no Java 17 or 21 starts it.",
        cure_fr="Tapez « sudo apt-get install default-jre-headless » ou nommez Java par JAVA_HOME ; sinon, "
        "choisissez « --engine duckdb ».",
        cure_en="Type sudo apt-get install default-jre-headless or name a Java in JAVA_HOME; otherwise choose "
        "--engine duckdb.",
        status=500,
    ),
    "engine.no-cluster": Sentence(
        fr="Spark ne démarre pas sur la grappe dont ECLOR_SPARK_MASTER donne l'adresse.",
        en="Spark does not start on the cluster whose address ECLOR_SPARK_MASTER gives.",
        cure_fr="Vérifiez cette adresse (« spark://machine:7077 ») et que la grappe répond ; laissez-la vide pour cette "
        "machine seule.",
        cure_en="Check this address (spark://host:7077) and that the cluster answers; leave it empty for this machine "
        "alone.",
        status=500,
    ),
    "engine.no-amount": Sentence(
        fr="ECLOR_MEMORY_LIMIT vaut « {memory} », que Spark ne lit pas.",
        en="ECLOR_MEMORY_LIMIT is {memory}, which Spark does not read.",
        cure_fr="Écrivez un nombre entier et une unité : « 1GB », « 800MB ».",
        cure_en="Write a whole number and a unit: 1GB, 800MB.",
        status=500,
    ),
}
