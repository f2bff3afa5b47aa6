package dev.drydock.offline;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** How near texts are in meaning, by the embeddings of MiniLM, which runs in this process. */
final class EmbeddingSimilarity {

    private static final double ALIKE = 0.7;

    /** Loaded when it is first needed, which takes a second. */
    private static final class Model {

        static final EmbeddingModel MINILM = new AllMiniLmL6V2QuantizedEmbeddingModel();
    }

    private final Map<String, Embedding> glosses = new ConcurrentHashMap<>();

    /** The key of the gloss that the message is nearest to. */
    String nearest(Map<String, String> glosses, Sentences message) {
        var sentences = embed(message.all());
        return glosses.entrySet().stream()
                .max(Comparator.comparingDouble(gloss -> score(gloss.getValue(), sentences)))
                .map(Map.Entry::getKey)
                .orElseThrow();
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

    private List<Embedding> embed(List<String> sentences) {
        return sentences.stream()
                .map(sentence -> Model.MINILM.embed(sentence).content())
                .toList();
    }
}
