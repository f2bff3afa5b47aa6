package dev.drydock.console.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Loads pages and sends their forms as a browser does. */
public final class Browser {

    private Browser() {}

    /** A page, as it is after scripts would have been refused. */
    public static Document page(String path) {
        return Jsoup.parse(load(path).then().statusCode(200).extract().asString());
    }

    public static Response load(String path) {
        var response = given().header("Accept", "text/html").get(path);
        assertThat(response.header("Content-Security-Policy")).as(path).contains("default-src 'none'");
        return response;
    }

    /** Sends a form with the token of the page before, and does not follow where it leads. */
    public static Response post(String path, Map<String, ?> fields) {
        var token = page("/").select("input[name=csrf]").attr("value");
        return given().header("Accept", "text/html")
                .redirects()
                .follow(false)
                .formParam("csrf", token)
                .formParams(fields)
                .post(path);
    }
}
