package dev.drydock.offline;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.io.Serial;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** How near texts are in meaning, by the embeddings of MiniLM, which runs in this process. */
final class EmbeddingSimilarity {

    private static final double ALIKE = 0.7;

    /** How much the votes of all neighbours count beside the likeness to a description. */
    private static final double WEIGHT_OF_VOTES = 1.5;

    /** A message is asked about field by field. */
    private static final int LATEST = 512;

    /** Loaded when it is first needed, which takes a second. */
    private static final class Model {

        static final EmbeddingModel MINILM = new AllMiniLmL6V2QuantizedEmbeddingModel();
    }

    private final Map<String, Embedding> glosses = new ConcurrentHashMap<>();
    private final Map<Sentences, Embedding> items = new ConcurrentHashMap<>();

    /** Sentences of the latest messages. */
    private final Map<String, Embedding> latest = Collections.synchronizedMap(new LinkedHashMap<>(LATEST, 0.75f, true) {

        @Serial
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Embedding> eldest) {
            return size() > LATEST;
        }
    });

    /** The key of the gloss that the message is nearest to. */
    String nearest(Map<String, String> glosses, Sentences message) {
        return nearest(glosses, message, Map.of());
    }

    /**
     * The key of the gloss that the message is nearest to, in view of the votes of labelled cases.
     *
     * @param votes for keys, from 0 to 1
     */
    String nearest(Map<String, String> glosses, Sentences message, Map<String, Double> votes) {
        var sentences = embed(message.all());
        return glosses.entrySet().stream()
                .max(Comparator.comparingDouble(gloss ->
                        score(gloss.getValue(), sentences) + WEIGHT_OF_VOTES * votes.getOrDefault(gloss.getKey(), 0.0)))
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    /** How near items are to a message, each by the mean of its sentences. The embeddings of items are kept. */
    ToDoubleFunction<Sentences> to(Sentences message) {
        var target = mean(message);
        return item -> CosineSimilarity.between(target, items.computeIfAbsent(item, this::mean));
    }

    private Embedding mean(Sentences message) {
        var all = embed(message.all());
        var sum = new float[all.get(0).dimension()];
        for (var sentence : all) {
            for (var at = 0; at < sum.length; at++) {
                sum[at] += sentence.vector()[at];
            }
        }
        return Embedding.from(sum);
    }

    /** The sentence that speaks for the message: near to the description, and near to the other sentences. */
    String sentence(String description, Sentences message) {
        var target = gloss(description);
        var sentences = message.telling();
        var embeddings = embed(sentences);
        return IntStream.range(0, sentences.size())
                .boxed()
                .max(Comparator.comparingDouble(at -> CosineSimilarity.between(target, embeddings.get(at))
                        + meanNearness(embeddings.get(at), embeddings)))
                .map(sentences::get)
                .orElseThrow();
    }

    /** These texts, the one nearest to the description first. */
    List<String> ranked(String description, List<String> texts) {
        var target = gloss(description);
        var embeddings = embed(texts);
        return IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparingDouble(at -> -CosineSimilarity.between(target, embeddings.get(at))))
                .map(texts::get)
                .toList();
    }

    /** Whether two descriptions say the same in other words. */
    boolean alike(String description, String other) {
        return CosineSimilarity.between(gloss(description), gloss(other)) > ALIKE;
    }

    /** The embedding of a text. */
    float[] vector(String text) {
        return Model.MINILM.embed(text).content().vector();
    }

    private static double meanNearness(Embedding sentence, List<Embedding> all) {
        return all.stream()
                .mapToDouble(other -> CosineSimilarity.between(sentence, other))
                .average()
                .orElseThrow();
    }

    /** Two sentences that speak plainly outweigh ten that do not: the mean of the best two. */
    private double score(String gloss, List<Embedding> sentences) {
        var target = gloss(gloss);
        return sentences.stream()
                .mapToDouble(sentence -> -CosineSimilarity.between(target, sentence))
                .sorted()
                .limit(2)
                .map(near -> -near)
                .average()
                .orElseThrow();
    }

    private Embedding gloss(String text) {
        return glosses.computeIfAbsent(text, key -> Model.MINILM.embed(key).content());
    }

    private Embedding embed(String sentence) {
        var known = latest.get(sentence);
        if (known == null) {
            known = Model.MINILM.embed(sentence).content();
            latest.put(sentence, known);
        }
        return known;
    }

    private List<Embedding> embed(List<String> sentences) {
        return sentences.stream().map(this::embed).toList();
    }
}
