package dev.signaltoorder.kraken;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;

/** Kraken's REST interface as the HTTP library sees it; {@link RestTransport} gives it meaning. */
@Path("/0")
@Produces(MediaType.WILDCARD)
interface KrakenRest {

  @GET
  @Path("/public/{endpoint}")
  Response get(@PathParam("endpoint") String endpoint, @RestQuery Map<String, String> query);

  // The body is bytes and not form parameters: the signature covers these very bytes.
  @POST
  @Path("/private/{endpoint}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  Response post(
      @PathParam("endpoint") String endpoint,
      @HeaderParam("API-Key") String apiKey,
      @HeaderParam("API-Sign") String apiSign,
      byte[] body);
}
