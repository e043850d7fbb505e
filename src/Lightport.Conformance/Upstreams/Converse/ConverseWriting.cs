using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;

namespace Lightport.Conformance.Upstreams.Converse;

/// <summary>Writes answers of Converse, whole and as the events of ConverseStream.</summary>
internal static class ConverseWriting
{
    public static JsonObject Whole(Reply reply) => new()
    {
        ["output"] = new JsonObject
        {
            ["message"] = new JsonObject
            {
                ["role"] = "assistant", ["content"] = new JsonArray([.. Blocks(reply).Select(block => block.Whole)]),
            },
        },
        ["stopReason"] = Stop(reply.Answer.Ending),
        ["usage"] = Usage(reply.Answer.Usage),
        ["metrics"] = new JsonObject { ["latencyMs"] = 1 },
    };

    public static IEnumerable<(string Type, JsonObject Data)> Events(Reply reply)
    {
        yield return ("messageStart", new JsonObject { ["role"] = "assistant" });
        foreach ((int index, (JsonObject? start, JsonObject[] deltas, _)) in Blocks(reply).Index())
        {
            if (start is not null)
            {
                yield return ("contentBlockStart", new JsonObject { ["contentBlockIndex"] = index, ["start"] = start });
            }

            foreach (JsonObject delta in deltas)
            {
                yield return ("contentBlockDelta", new JsonObject { ["contentBlockIndex"] = index, ["delta"] = delta });
            }

            yield return ("contentBlockStop", new JsonObject { ["contentBlockIndex"] = index });
        }

        yield return ("messageStop", new JsonObject { ["stopReason"] = Stop(reply.Answer.Ending) });
        yield return ("metadata", new JsonObject
        {
            ["usage"] = Usage(reply.Answer.Usage), ["metrics"] = new JsonObject { ["latencyMs"] = 1 },
        });
    }

    /// <summary>Each block as it starts, which only calls do, its deltas, and as it is whole.</summary>
    private static IEnumerable<(JsonObject? Start, JsonObject[] Deltas, JsonObject Whole)> Blocks(Reply reply)
    {
        Answer answer = reply.Answer;
        if (answer.Reasoning is { } thought)
        {
            yield return (
                null,
                [
                    .. Reply.Halves(thought).Select(piece => Reasoning(new JsonObject { ["text"] = piece })),
                    Reasoning(new JsonObject { ["signature"] = reply.State }),
                ],
                Reasoning(new JsonObject
                {
                    ["reasoningText"] = new JsonObject { ["text"] = thought, ["signature"] = reply.State },
                }));
        }

        if (answer.Text is { } text)
        {
            yield return Text(answer, text);
        }

        foreach ((int place, Call call) in answer.Calls.Index())
        {
            var use = new JsonObject { ["toolUseId"] = reply.CallIds[place], ["name"] = call.Name };
            JsonObject whole = use.DeepClone().AsObject();
            whole["input"] = call.Arguments.DeepClone();
            yield return (
                new JsonObject { ["toolUse"] = use },
                [
                    .. Reply.Halves(call.Json).Select(piece =>
                        new JsonObject { ["toolUse"] = new JsonObject { ["input"] = piece } }),
                ],
                new JsonObject { ["toolUse"] = whole });
        }
    }

    private static (JsonObject? Start, JsonObject[] Deltas, JsonObject Whole) Text(Answer answer, string text)
    {
        IEnumerable<JsonObject> pieces = Reply.Halves(text).Select(piece => new JsonObject { ["text"] = piece });
        if (answer.Citations.Count == 0)
        {
            return (null, [.. pieces], new JsonObject { ["text"] = text });
        }

        var cited = new JsonObject
        {
            ["content"] = new JsonArray(new JsonObject { ["text"] = text }),
            ["citations"] = new JsonArray([.. answer.Citations.Select(citation => Citation(citation, text))]),
        };
        return (
            null,
            [
                .. pieces,
                .. answer.Citations.Select(citation => new JsonObject { ["citation"] = Citation(citation, text) }),
            ],
            new JsonObject { ["citationsContent"] = cited });
    }

    private static JsonObject Reasoning(JsonObject content) => new() { ["reasoningContent"] = content };

    private static JsonObject Citation(Citation citation, string text) => new()
    {
        ["title"] = citation.Title,
        ["sourceContent"] = new JsonArray(new JsonObject { ["text"] = text }),
        ["location"] = new JsonObject { ["web"] = new JsonObject { ["url"] = citation.Url } },
    };

    private static string Stop(Ending ending) => ending switch
    {
        Ending.Calls => "tool_use",
        Ending.Length => "max_tokens",
        Ending.StopSequence => "stop_sequence",
        Ending.ContentFilter => "content_filtered",
        _ => "end_turn",
    };

    private static JsonObject Usage(Usage usage) => new()
    {
        ["inputTokens"] = usage.Prompt - usage.Cached,
        ["outputTokens"] = usage.Output,
        ["totalTokens"] = usage.Prompt + usage.Output,
        ["cacheReadInputTokens"] = usage.Cached,
        ["cacheWriteInputTokens"] = 0,
    };
}
