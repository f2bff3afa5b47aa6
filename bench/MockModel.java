import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** A server of chat completions that answers at once, always the same: {@code java bench/MockModel.java PORT}. */
public class MockModel {

    private static final byte[] ANSWER = """
            {"id": "c-1", "object": "chat.completion", "created": 1, "model": "mock",
             "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content":
               "{\\"category\\":\\"BUG\\",\\"urgency\\":\\"TODAY\\",\\"summary\\":\\"It is broken.\\",\\"reason\\":\\"fails\\"}"}}],
             "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}}""".getBytes();

    public static void main(String[] arguments) throws Exception {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        var server = HttpServer.create(address, 1024);
        server.createContext("/v1/chat/completions", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
            exchange.close();
        });
        server.setExecutor(Executors.newFixedThreadPool(32));
        server.start();
    }
}
