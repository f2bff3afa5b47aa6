import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A server of chat completions with a limit: {@code java bench/LimitedModel.java PORT rate 20 2} takes 20 calls at once, then two a
 * second, and refuses others with a Retry-After; {@code PORT slow 1500} answers one call at a time, in so many milliseconds.
 * {@code /count} tells calls and refusals.
 */
public class LimitedModel {

    private static final byte[] ANSWER = """
            {"id": "c-1", "object": "chat.completion", "created": 1, "model": "mock",
             "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content":
               "{\\"category\\":\\"BUG\\",\\"urgency\\":\\"TODAY\\",\\"summary\\":\\"It is broken.\\",\\"reason\\":\\"fails\\"}"}}],
             "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}}""".getBytes();

    private static final byte[] REFUSAL = "{\"error\": {\"message\": \"Rate limit reached\", \"code\": \"rate_limit_exceeded\"}}".getBytes();

    private static final ReentrantLock SLOT = new ReentrantLock(true);
    private static double atOnce;
    private static double perSecond;
    private static double left;
    private static long lastCall = System.nanoTime();
    private static int calls;
    private static int refusals;

    public static void main(String[] arguments) throws Exception {
        var slow = arguments[1].equals("slow");
        var millis = slow ? Long.parseLong(arguments[2]) : 50;
        if (!slow) {
            atOnce = left = Double.parseDouble(arguments[2]);
            perSecond = Double.parseDouble(arguments[3]);
        }
        var server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 1024);
        server.createContext("/v1/chat/completions", exchange -> {
            if (!slow && !take()) {
                exchange.getResponseHeaders().add("Retry-After", "1");
                send(exchange, 429, REFUSAL);
                return;
            }
            work(slow, millis);
            send(exchange, 200, ANSWER);
        });
        server.createContext("/count", exchange -> send(exchange, 200, count().getBytes()));
        server.createContext("/", exchange -> send(exchange, 404, new byte[] {'\n'}));
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    private static synchronized boolean take() {
        calls++;
        var now = System.nanoTime();
        left = Math.min(atOnce, left + (now - lastCall) * 1e-9 * perSecond);
        lastCall = now;
        if (left < 1) {
            refusals++;
            return false;
        }
        left--;
        return true;
    }

    private static synchronized String count() {
        return "%d calls, %d refused".formatted(calls, refusals);
    }

    private static void work(boolean slow, long millis) {
        if (slow) {
            SLOT.lock();
            synchronized (LimitedModel.class) {
                calls++;
            }
        }
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (slow) {
                SLOT.unlock();
            }
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
