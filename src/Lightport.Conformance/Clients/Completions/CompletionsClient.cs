using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Clients.OpenAIChat;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Clients.Completions;

/// <summary>A client of OpenAI's completions (https://platform.openai.com/docs/api-reference/completions).</summary>
internal sealed class CompletionsClient : ClientScript
{
    private static readonly string[] Sayable =
        ["text", "length", "stop", "filter", "refusal", "error-before", "error-inside", "cut", "cancel"];

    public override string Dialect => "openai-completions";

    public override string? CannotSay(Case asked) =>
        Sayable.Contains(asked.Id) ? null : "one prompt and one text are all it has";

    public override string Path(string model, bool stream) => "/v1/completions";

    public override JsonObject Body(string model, bool stream, Case asked, JsonArray history)
    {
        var body = new JsonObject { ["model"] = model, ["prompt"] = history[0]!.DeepClone() };
        if (stream)
        {
            body["stream"] = true;
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        if (asked.Limit is not null)
        {
            body["max_tokens"] = asked.Limit;
        }

        if (asked.Stop is not null)
        {
            body["stop"] = asked.Stop;
        }

        return body;
    }

    public override void Say(JsonArray history, IReadOnlyList<Said> says, IReadOnlyList<ToldCall> calls) =>
        history.Add(says.OfType<Words>().Single().Text);

    public override void Echo(JsonArray history, JsonObject whole) => history.Add(Choice(whole).Text("text"));

    public override Folding Fold(IReadOnlyList<SseEvent> events)
    {
        var folding = new Folding();
        var choice = new JsonObject { ["index"] = 0, ["text"] = "" };
        foreach (SseEvent one in events)
        {
            folding.Demand(!folding.IsEnded, "an event after [DONE]");
            if (one.Json is { } chunk)
            {
                folding.Error ??= chunk.Object("error").Text("message");
                JsonObject? piece = Choice(chunk);
                choice.Append("text", piece.Text("text"));
                choice["finish_reason"] ??= piece.Text("finish_reason");
                folding.Whole["id"] ??= chunk["id"]?.DeepClone();
                folding.Whole["object"] ??= chunk["object"]?.DeepClone();
                folding.Whole["usage"] ??= chunk["usage"]?.DeepClone();
            }

            folding.IsEnded |= one.Data == "[DONE]";
        }

        folding.Whole["choices"] = new JsonArray(choice);
        return folding;
    }

    public override IEnumerable<string> Broken(JsonObject whole)
    {
        if (whole.Text("object") != "text_completion" || Choice(whole).Text("text") is null
            || OpenAIChatReading.Finish(Choice(whole).Text("finish_reason")) is null)
        {
            yield return "no object, text or finish_reason";
        }
    }

    public override string? ErrorMessage(JsonObject body) => OpenAIError.Message(body);

    public override Told Tell(JsonObject whole)
    {
        var facts = new FactList();
        facts.Add(Subjects.Text, Choice(whole).Text("text"));
        string? finish = OpenAIChatReading.Finish(Choice(whole).Text("finish_reason"));
        return new Told([.. facts], [], finish, OpenAIChatReading.Usage(whole.Object("usage")));
    }

    private static JsonObject? Choice(JsonObject whole) => whole.Items("choices").FirstOrDefault();
}
