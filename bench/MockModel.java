import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/**
 * A server of chat completions that answers at once, always the same: {@code java bench/MockModel.java PORT}. With {@code repair}
 * as second argument, it gives the answer only when it is asked again, so that each entry takes two calls. With {@code -Dlatency=200},
 * each answer takes 200 ms.
 */
public class MockModel {

    private static final byte[] ANSWER = """
            {"id": "c-1", "object": "chat.completion", "created": 1, "model": "mock",
             "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content":
               "{\\"category\\":\\"BUG\\",\\"urgency\\":\\"TODAY\\",\\"summary\\":\\"It is broken.\\",\\"reason\\":\\"fails\\"}"}}],
             "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}}""".getBytes();

    private static final byte[] UNUSABLE = new String(ANSWER).replace("TODAY", "SOON").getBytes();

    public static void main(String[] arguments) throws Exception {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        var latency = Long.getLong("latency", 0);
        var repair = arguments.length > 1 && arguments[1].equals("repair");
        var server = HttpServer.create(address, 1024);
        server.createContext("/v1/chat/completions", exchange -> {
            var question = new String(exchange.getRequestBody().readAllBytes());
            var answer = repair && !question.contains("That answer cannot be used") ? UNUSABLE : ANSWER;
            pause(latency);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.setExecutor(Executors.newFixedThreadPool(64));
        server.start();
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
