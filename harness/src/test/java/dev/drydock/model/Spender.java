package dev.drydock.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.TestSettings;
import dev.drydock.journal.Ledgers;
import dev.drydock.model.ModelProfile.Price;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that spends until the budget is spent: its arguments are a database, a model server and a number of threads. */
final class Spender {

    /** Half a dollar for a thousand tokens of input, one for a thousand of output. */
    static final ModelProfile MODEL = new ModelProfile(
            "mock-1", new Price(new BigDecimal("0.5"), new BigDecimal("0.5"), BigDecimal.ONE), null, 900, false);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private Spender() {}

    public static void main(String... arguments) throws Exception {
        var threads = Integer.parseInt(arguments[2]);
        var config = TestSettings.of(Map.of("drydock.budget.daily-usd", "1.00"));
        var ledger = Ledgers.at(arguments[0]);
        var budget = new HoldBudget(
                new ReserveMoney(ledger, config),
                ledger,
                new WorstCase(new TokenCount()),
                config,
                InstantSource.system());
        var server = URI.create(arguments[1]);
        var calls = new AtomicInteger();
        var pool = Executors.newFixedThreadPool(threads);
        for (int thread = 0; thread < threads; thread++) {
            pool.execute(() -> spend(budget, server, calls));
        }
        pool.shutdown();
        pool.awaitTermination(2, TimeUnit.MINUTES);
        System.out.println(calls.get());
    }

    private static void spend(HoldBudget budget, URI server, AtomicInteger calls) {
        var request =
                ChatRequest.builder().messages(UserMessage.from("a question")).build();
        while (true) {
            try {
                budget.ask(ModelRequest.of(request).to(MODEL, "standard"), inquiry -> ask(server, calls));
            } catch (BudgetSpentException e) {
                return;
            }
        }
    }

    private static ChatResponse ask(URI server, AtomicInteger calls) {
        calls.incrementAndGet();
        try {
            var answer = HTTP.send(
                    HttpRequest.newBuilder(server)
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build(),
                    BodyHandlers.ofString());
            var usage = JSON.readTree(answer.body()).path("usage");
            return ChatResponse.builder()
                    .aiMessage(AiMessage.from("an answer"))
                    .tokenUsage(new TokenUsage(
                            usage.path("prompt_tokens").asInt(),
                            usage.path("completion_tokens").asInt()))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
