using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Clients;

/// <summary>
/// How a client of one dialect asks the cases of the table and reads the answers. It is written from the vendor's pages
/// and knows no gateway.
/// </summary>
internal abstract class ClientScript
{
    /// <summary>The dialect's id.</summary>
    public abstract string Dialect { get; }

    /// <summary>Why the dialect has no words for a case; null where it has.</summary>
    public virtual string? CannotSay(Case asked) => null;

    /// <summary>The path and query of a request, from the gateway's address.</summary>
    public abstract string Path(string model, bool stream);

    /// <summary>Shows the gateway a key as the vendor's clients do.</summary>
    public virtual void SetHeaders(HttpRequestHeaders headers, string key) =>
        headers.Authorization = new AuthenticationHeaderValue("Bearer", key);

    /// <summary>The body of a request.</summary>
    /// <param name="model">The model's name at the gateway.</param>
    /// <param name="stream">Whether a stream is asked for.</param>
    /// <param name="asked">Settings, tools and system text.</param>
    /// <param name="history">What <see cref="Say"/> and <see cref="Echo"/> have put there.</param>
    public abstract JsonObject Body(string model, bool stream, Case asked, JsonArray history);

    /// <summary>Adds to the history what the user or the tools say.</summary>
    public abstract void Say(JsonArray history, IReadOnlyList<Said> says, IReadOnlyList<ToldCall> calls);

    /// <summary>Adds an answer to the history, as the vendor's SDK does.</summary>
    public abstract void Echo(JsonArray history, JsonObject whole);

    /// <summary>Whether an error may stand among the events as a bare object.</summary>
    public virtual bool TakesBareErrors => false;

    /// <summary>Puts a stream together and holds it to the dialect's laws.</summary>
    public abstract Folding Fold(IReadOnlyList<SseEvent> events);

    /// <summary>What breaks the dialect's laws in a body that came in one piece.</summary>
    public abstract IEnumerable<string> Broken(JsonObject whole);

    /// <summary>Reads what an answer says.</summary>
    public abstract Told Tell(JsonObject whole);

    /// <summary>The classes of usage that the dialect has words for.</summary>
    public virtual Usage Known(Usage usage) => usage;

    /// <summary>The message of an error's body; null where it is no error of the dialect.</summary>
    public virtual string? ErrorMessage(JsonObject body) => body.Object("error").Text("message");

    /// <summary>What an error says of where it stems from, for whoever looks for a name in it.</summary>
    public virtual string ErrorField(JsonObject body) => body.Object("error").Text("param") ?? "";
}
