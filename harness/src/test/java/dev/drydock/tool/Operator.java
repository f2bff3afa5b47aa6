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

        public List<String> pulled() {
            return pulled;
        }

        @Tool("Turns on the light")
        @SideEffect(SideEffect.Risk.LOW)
        public String light(String room) {
            pulled.add("light " + room);
            return "the light is on in the " + room;
        }

        @Tool("Opens a window")
        @SideEffect(SideEffect.Risk.MEDIUM)
        public String window(String room) {
            pulled.add("window " + room);
            return "the window is open";
        }

        @Tool("Sells the house")
        @SideEffect(SideEffect.Risk.HIGH)
        public String sell(String house) {
            pulled.add("sell " + house);
            return "sold";
        }

        @Tool("Launches the rocket")
        @SideEffect(SideEffect.Risk.IRREVERSIBLE)
        public void launch(String rocket) {
            pulled.add("launch " + rocket);
        }
    }
}
