using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Tests.Gateways;
using Lightport.Conformance.Upstreams;
using Lightport.Conformance.Upstreams.Messages;
using Lightport.Conformance.Upstreams.OpenAIChat;

namespace Lightport.Conformance.Tests;

/// <summary>One thing that a gateway can do wrong with an answer.</summary>
/// <param name="Name">In words.</param>
/// <param name="Case">The case that shows it.</param>
/// <param name="Tampering">How it is done.</param>
internal sealed record Defect(string Name, string Case, Tampering Tampering)
{
    /// <summary>Whether the dialect's wire has the difference.</summary>
    public Predicate<string> Shows { get; init; } = _ => true;

    /// <summary>Whether it is done whole (false), streamed (true), or either way.</summary>
    public bool? Streamed { get; init; }

    public static IReadOnlyList<Defect> All { get; } =
    [
        Answers("a dropped call", "parallel", answer => answer with { Calls = [.. answer.Calls.Skip(1)] }),
        Answers("a doubled call", "parallel", answer => answer with { Calls = [.. answer.Calls, answer.Calls[0]] }),
        Answers("calls in another order", "parallel", answer => answer with { Calls = [.. answer.Calls.Reverse()] }),
        new("parts in another order", "parallel", new Tampering { Body = Reverse })
        {
            Shows = dialect => dialect != "openai-chat", Streamed = false,
        },
        Answers("a call of another name", "tool", answer => Calls(answer, call => call with { Name = "get_wether" })),
        Answers("a call without arguments", "tool", answer => Calls(answer, call => call with { Arguments = [] })),
        Answers("text lost beside calls", "parallel", answer => answer with { Text = null }),
        Answers("text that is trimmed", "text", answer => answer with { Text = answer.Text!.Trim() }),
        Answers("text that is doubled", "text", answer => answer with { Text = answer.Text + answer.Text }),
        Answers("lost reasoning", "reasoning", answer => answer with { Reasoning = null }),
        Answers("reasoning told as text", "reasoning", answer => answer with
        {
            Reasoning = null, Text = answer.Reasoning + answer.Text,
        }),
        Answers("lost citations", "citations", answer => answer with { Citations = [] }),
        Answers("a citation of another page", "citations", answer => answer with
        {
            Citations = [new Citation("https://example.com/porto", answer.Citations[0].Title)],
        }),
        Answers("a length that is told as the end", "length", answer => answer with { Ending = Ending.Stop }),
        Answers("an end that is told as a length", "text", answer => answer with { Ending = Ending.Length }),
        Answers("a filter that is told as the end", "filter", answer => answer with { Ending = Ending.Stop }),
        Answers("calls that end as text does", "tool", Ended) with { Shows = HasWordForCalls },
        Answers("lost cache reads", "text", answer => answer with { Usage = answer.Usage with { Cached = 0 } }),
        Answers("lost thinking tokens", "text", answer => answer with { Usage = answer.Usage with { Reasoning = 0 } }),
        Answers("a prompt without what was cached", "text", answer => answer with
        {
            Usage = answer.Usage with { Prompt = answer.Usage.Prompt - answer.Usage.Cached!.Value },
        }),
        Answers("lost output tokens", "text", answer => answer with { Usage = answer.Usage with { Output = 11 } }),
        new("a lost signature", "reasoning", new Tampering { Reply = reply => reply with { State = null } })
        {
            Shows = HasSignatures,
        },
        new("a signature of its own", "reasoning", new Tampering { Reply = Forged }) { Shows = HasSignatures },
        new("an error of another dialect", "error-before", new Tampering { ErrorDialect = new MessagesUpstream() })
        {
            Shows = dialect => dialect != "anthropic-messages",
        },
        new("an error of OpenAI's", "error-before", new Tampering { ErrorDialect = new OpenAIChatUpstream() })
        {
            Shows = dialect => dialect is "anthropic-messages" or "google-gemini",
        },
        new("an error of another status", "error-before", new Tampering { ErrorStatus = 500 }),
        new("an error under a 200", "error-before", new Tampering { ErrorStatus = 200 }),
        new("an error without its message", "error-before", new Tampering { ErrorMessage = "Something failed." }),
        new("a lost retry-after", "error-before", new Tampering { LosesRetryAfter = true }),
        new("an inner error without its message", "error-inside", new Tampering { ErrorMessage = "Something failed." }),
        new("an inner error told as the end", "error-inside", new Tampering { EndsWhatBroke = true }),
        new("an inner error that is swallowed", "error-inside", new Tampering { FallsSilent = true }) { Streamed = true },
        new("a cut stream told as whole", "cut", new Tampering { EndsWhatBroke = true }) { Streamed = true },
        new("a cut stream that falls silent", "cut", new Tampering { FallsSilent = true }),
    ];

    private static Defect Answers(string name, string asked, Func<Answer, Answer> change) =>
        new(name, asked, new Tampering { Reply = reply => Told(reply, change(reply.Answer)) });

    /// <summary>A call keeps the id that it was made with.</summary>
    private static Reply Told(Reply reply, Answer answer) => reply with
    {
        Answer = answer,
        CallIds =
        [
            .. answer.Calls.Select((call, place) => reply.Answer.Calls.ToList().IndexOf(call) is >= 0 and var made
                ? reply.CallIds[made]
                : reply.CallIds[place]),
        ],
    };

    /// <summary>What was said last comes first, and calls stay in their order.</summary>
    private static void Reverse(JsonObject body)
    {
        JsonArray parts = (body["content"] ?? body["output"] ?? body["candidates"]?[0]?["content"]?["parts"])!.AsArray();
        JsonNode text = parts[0]!;
        parts.RemoveAt(0);
        parts.Add(text);
    }

    private static Answer Calls(Answer answer, Func<Call, Call> change) =>
        answer with { Calls = [.. answer.Calls.Select(change)] };

    private static Answer Ended(Answer answer) => answer with { Ending = Ending.Stop };

    private static bool HasWordForCalls(string dialect) => dialect is "openai-chat" or "anthropic-messages";

    /// <summary>Chat's scripted provider wants back what it thought, and nothing beside it.</summary>
    private static bool HasSignatures(string dialect) => dialect != "openai-chat";

    private static Reply Forged(Reply reply) =>
        reply.State is null ? reply : reply with { State = Convert.ToBase64String("forged"u8) };
}
