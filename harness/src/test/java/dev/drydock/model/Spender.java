package dev.drydock.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.TestSettings;
import dev.drydock.journal.Journals;
import dev.drydock.model.ModelProfile.Price;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
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
            "mock-1",
            new Price(new BigDecimal("0.5"), new BigDecimal("0.5"), BigDecimal.ONE),
            null,
            900,
            900,
            false,
            null);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private Spender() {}

    public static void main(String... arguments) throws Exception {
        var threads = Integer.parseInt(arguments[2]);
        var config = TestSettings.of(Map.of(
                "drydock.budget.daily-usd", "1.00",
                "drydock.model.name", "mock-1",
                "drydock.models.\"mock-1\".input-usd", "0.5",
                "drydock.models.\"mock-1\".output-usd", "1"));
        var ledger = Journals.ledger(arguments[0]);
        var budget = new ReserveBudget(
                ledger,
                new BudgetLimits(ledger, config),
                new CallCost(new ModelCatalog(config), new TokenCount()),
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

    private static void spend(ReserveBudget budget, URI server, AtomicInteger calls) {
        var request =
                ChatRequest.builder().messages(UserMessage.from("a question")).build();
        while (true) {
            try {
                budget.intercept(ModelRequest.of(request, null).to(MODEL, "standard"), next -> ask(server, calls));
            } catch (BudgetSpentException e) {
                return;
            }
        }
    }

    private static ModelAnswer ask(URI server, AtomicInteger calls) {
        calls.incrementAndGet();
        try {
            var answer = HTTP.send(
                    HttpRequest.newBuilder(server)
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build(),
                    BodyHandlers.ofString());
            var usage = JSON.readTree(answer.body()).path("usage");
            return new ModelAnswer(
                    AiMessage.from("an answer"), null, null, null, Usage.read(usage), null, null, answer.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
