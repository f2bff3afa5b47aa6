package dev.drydock.tool;

import dev.drydock.agent.SideEffect;
import dev.drydock.agent.Tier;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.quarkiverse.langchain4j.ToolBox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** An AI service that can do something. */
@RegisterAiService
@ApplicationScoped
public interface Operator {

    @SystemMessage("Operate the levers.")
    @ToolBox(Levers.class)
    String operate(@UserMessage String order);

    @SystemMessage("Sort.")
    @Tier(Tier.Level.CHEAP)
    String sort(@UserMessage String text);

    /** Its tools, one of each risk. */
    @ApplicationScoped
    class Levers {

        private final List<String> pulled = new CopyOnWriteArrayList<>();
        private final Queue<RuntimeException> faults = new ConcurrentLinkedQueue<>();

        public List<String> pulled() {
            return pulled;
        }

        public void reset() {
            pulled.clear();
            faults.clear();
        }

        /** The next lever that is pulled fails so, after it has acted. */
        public void failNext(RuntimeException fault) {
            faults.add(fault);
        }

        private void pull(String lever) {
            pulled.add(lever);
            var fault = faults.poll();
            if (fault != null) {
                throw fault;
            }
        }

        @Tool("Turns on the light")
        @SideEffect(SideEffect.Risk.LOW)
        public String light(String room) {
            pull("light " + room);
            return "the light is on in the " + room;
        }

        @Tool("Orders coal")
        @SideEffect(value = SideEffect.Risk.LOW, idempotent = true)
        public String coal(String cellar) {
            pull("coal " + cellar);
            return "ordered";
        }

        @Tool("Rings the bell")
        @SideEffect(SideEffect.Risk.HIGH)
        public void ring(String bell) {
            pull("ring " + bell);
        }

        @Tool("Opens a window")
        @SideEffect(SideEffect.Risk.MEDIUM)
        public String window(String room) {
            pull("window " + room);
            return "the window is open";
        }

        @Tool("Sells the house")
        @SideEffect(SideEffect.Risk.HIGH)
        public String sell(String house) {
            pull("sell " + house);
            return "sold";
        }

        @Tool("Launches the rocket")
        @SideEffect(SideEffect.Risk.IRREVERSIBLE)
        public void launch(String rocket) {
            pull("launch " + rocket);
        }
    }
}
