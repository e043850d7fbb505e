using System.Text;
using System.Text.Json;

namespace Lightport.Tests.Dialects;

/// <summary>
/// Judges a streamed chat answer by the laws: one id, time and model; role first and once; tool calls counted from 0, named
/// in their first piece; one finish a choice; usage where it was asked for and only there; <c>[DONE]</c>, but for a stream that broke.
/// </summary>
public static class ChatStreamLaws
{
    private static readonly string[] FinishReasons = ["stop", "length", "tool_calls", "content_filter", "function_call"];

    /// <summary>Every law that the stream breaks, in words; none for a lawful one.</summary>
    /// <param name="sse">The whole body as the client got it.</param>
    /// <param name="includeUsage">Whether the client asked for usage.</param>
    /// <param name="requireUsage">Whether usage must be there when it was asked for: the provider told some.</param>
    public static IReadOnlyList<string> Broken(string sse, bool includeUsage, bool requireUsage = true)
    {
        var judge = new Judge(includeUsage, requireUsage);
        judge.Read(sse);
        return judge.Broken;
    }

    public static void Check(string sse, bool includeUsage, bool requireUsage = true)
    {
        IReadOnlyList<string> broken = Broken(sse, includeUsage, requireUsage);
        Assert.True(broken.Count == 0, string.Join("\n", broken) + "\n" + sse);
    }

    private sealed class Judge(bool includeUsage, bool requireUsage)
    {
        private readonly Dictionary<int, ChoiceState> _choices = [];
        private string? _identity;
        private bool _usage;
        private bool _error;

        public List<string> Broken { get; } = [];

        public void Read(string sse)
        {
            bool done = false;
            foreach (string frame in sse.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
            {
                string[] lines = [.. frame.Split('\n').Where(line => line.Length > 0 && line[0] != ':')];
                if (lines.Length == 0)
                {
                    continue;
                }

                Law(lines.All(line => line.StartsWith("data:", StringComparison.Ordinal)), $"a line that is no data: {frame}");
                string data = string.Join('\n', lines.Select(line => line[5..].TrimStart(' ')));
                Law(!done, "something after [DONE]");
                if (data == "[DONE]")
                {
                    done = true;
                    continue;
                }

                ReadChunk(data);
            }

            Law(done || _error, "no [DONE]");
            Law(!done || !_error, "[DONE] after an error");
            if (!_error)
            {
                Law(_choices.Count > 0 && _choices.Values.All(choice => choice.Finished), "a choice without a finish");
                Law(_usage || !includeUsage || !requireUsage, "no usage although asked for");
            }
        }

        private void ReadChunk(string data)
        {
            JsonElement chunk = JsonElement.Parse(Encoding.UTF8.GetBytes(data));
            Law(!_error, "something after the error");
            if (chunk.TryGetProperty("error", out JsonElement error))
            {
                _error = true;
                Law(error.GetProperty("message").ValueKind == JsonValueKind.String, "an error without a message");
                Law(error.TryGetProperty("type", out _) && error.TryGetProperty("code", out _), "an error without type or code");
                return;
            }

            string identity = string.Join('|', ((string[])["id", "object", "created", "model"])
                .Select(name => chunk.TryGetProperty(name, out JsonElement value) ? value.ToString() : "missing"));
            Law((_identity ??= identity) == identity, $"identity changed from {_identity} to {identity}");
            Law(!identity.Contains("missing", StringComparison.Ordinal), $"identity incomplete: {identity}");
            Law(chunk.GetProperty("object").GetString() == "chat.completion.chunk", "object is not chat.completion.chunk");
            JsonElement[] choices = [.. chunk.GetProperty("choices").EnumerateArray()];
            ReadUsage(chunk, choices.Length);
            foreach (JsonElement choice in choices)
            {
                ReadChoice(choice);
            }
        }

        private void ReadUsage(JsonElement chunk, int choices)
        {
            bool present = chunk.TryGetProperty("usage", out JsonElement usage);
            Law(!present || includeUsage, "a usage field that nobody asked for");
            Law(present || !includeUsage, "a chunk without usage:null");
            if (present && usage.ValueKind == JsonValueKind.Object)
            {
                Law(choices == 0, "usage on a chunk with choices");
                Law(!_usage, "usage twice");
                Law(_choices.Values.All(choice => choice.Finished), "usage before the finish");
                _usage = true;
            }
            else
            {
                Law(!_usage, "a chunk after the usage");
            }
        }

        private void ReadChoice(JsonElement choice)
        {
            int index = choice.GetProperty("index").GetInt32();
            JsonElement delta = choice.GetProperty("delta");
            bool first = _choices.TryAdd(index, new ChoiceState());
            ChoiceState state = _choices[index];
            bool role = delta.TryGetProperty("role", out JsonElement word);
            Law(role == first, first ? "the first delta has no role" : "the role is repeated");
            Law(!role || word.GetString() == "assistant", "a role that is not assistant");
            if (delta.TryGetProperty("content", out JsonElement content))
            {
                Law(content.ValueKind is JsonValueKind.String or JsonValueKind.Null, "content that is no string");
            }

            if (delta.TryGetProperty("tool_calls", out JsonElement calls) && calls.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement call in calls.EnumerateArray())
                {
                    ReadCall(call, state);
                }
            }

            Law(
                Thought(delta, "reasoning").Length == 0 || Thought(delta, "reasoning_content").Length > 0,
                "thinking that is not in reasoning_content");
            bool hasFinish = choice.TryGetProperty("finish_reason", out JsonElement finish);
            Law(hasFinish, "a choice without finish_reason");
            if (finish.ValueKind == JsonValueKind.String)
            {
                Law(!state.Finished, "a second finish");
                Law(FinishReasons.Contains(finish.GetString()), $"an unknown finish_reason {finish}");
                state.Finished = true;
            }
        }

        private static string Thought(JsonElement delta, string name) =>
            delta.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String
                ? text.GetString()!
                : "";

        private void ReadCall(JsonElement call, ChoiceState state)
        {
            bool hasIndex = call.TryGetProperty("index", out JsonElement value);
            Law(hasIndex, "a call without index");
            int index = hasIndex ? value.GetInt32() : -1;
            bool start = index == state.Calls;
            state.Calls = Math.Max(state.Calls, index + 1);
            Law(index >= 0 && index < state.Calls && (start || index < state.Calls), $"call index {index} out of order");
            string kind = call.TryGetProperty("custom", out _) ? "custom" : "function";
            JsonElement function = call.TryGetProperty(kind, out JsonElement body) ? body : default;
            bool named = function.ValueKind == JsonValueKind.Object && function.TryGetProperty("name", out JsonElement name)
                && name.GetString() is { Length: > 0 };
            bool hasId = call.TryGetProperty("id", out JsonElement id) && id.GetString() is { Length: > 0 };
            bool typed = call.TryGetProperty("type", out _);
            Law(start == named && start == hasId && start == typed, $"id, type and name in the first piece of a call only: {call}");
            if (function.ValueKind == JsonValueKind.Object
                && function.TryGetProperty(kind == "custom" ? "input" : "arguments", out JsonElement arguments))
            {
                Law(arguments.ValueKind == JsonValueKind.String, "arguments that are no string");
            }
        }

        private void Law(bool holds, string breach)
        {
            if (!holds && !Broken.Contains(breach))
            {
                Broken.Add(breach);
            }
        }
    }

    private sealed class ChoiceState
    {
        public bool Finished { get; set; }

        public int Calls { get; set; }
    }
}
