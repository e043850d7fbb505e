using System.Text;
using System.Text.Json.Nodes;

namespace Lightport.Tests.Dialects;

/// <summary>
/// Judges a whole stream by what Anthropic's clients rely on: message_start, then blocks one at a time with rising
/// indexes, each with its start, deltas of its own kind and stop, then message_delta and message_stop; or, at any
/// point, one error event and nothing after it.
/// </summary>
public static class MessagesStreamLaws
{
    /// <summary>Fails where a law is broken.</summary>
    /// <returns>The message as a client puts it together; null where the stream ended in an error.</returns>
    public static JsonObject? Check(string sse)
    {
        Assert.EndsWith("\n\n", sse);
        JsonObject? message = null;
        JsonObject? block = null;
        var input = new StringBuilder();
        int index = -1;
        bool ended = false;
        bool delta = false;
        bool failed = false;
        foreach (string frame in sse[..^2].Split("\n\n"))
        {
            if (frame.StartsWith(':'))
            {
                continue;
            }

            Assert.False(ended || failed, "Something follows the end: " + frame);
            string[] lines = frame.Split('\n');
            Assert.Equal(2, lines.Length);
            Assert.StartsWith("event: ", lines[0]);
            Assert.StartsWith("data: ", lines[1]);
            JsonObject data = JsonNode.Parse(lines[1][6..])!.AsObject();
            string type = (string)data["type"]!;
            Assert.Equal(lines[0][7..], type);
            switch (type)
            {
                case "ping":
                    break;
                case "error":
                    failed = true;
                    Assert.False(string.IsNullOrEmpty((string?)data["error"]!["type"]));
                    Assert.False(string.IsNullOrEmpty((string?)data["error"]!["message"]));
                    break;
                case "message_start":
                    Assert.Null(message);
                    message = data["message"]!.AsObject();
                    CheckStart(message);
                    break;
                case "content_block_start":
                    Assert.NotNull(message);
                    Assert.Null(block);
                    Assert.False(delta, "A block after message_delta.");
                    Assert.Equal(++index, (int)data["index"]!);
                    block = data["content_block"]!.AsObject();
                    input.Clear();
                    break;
                case "content_block_delta":
                    Assert.NotNull(block);
                    Assert.Equal(index, (int)data["index"]!);
                    Apply(block, data["delta"]!.AsObject(), input);
                    break;
                case "content_block_stop":
                    Assert.NotNull(block);
                    Assert.Equal(index, (int)data["index"]!);
                    Close(block, input.ToString());
                    message!["content"]!.AsArray().Add(block.DeepClone());
                    block = null;
                    break;
                case "message_delta":
                    Assert.NotNull(message);
                    Assert.Null(block);
                    delta = true;
                    Merge(message, data);
                    break;
                case "message_stop":
                    Assert.True(delta, "message_stop without message_delta.");
                    ended = true;
                    break;
                default:
                    Assert.Fail("Unknown event " + type);
                    break;
            }
        }

        Assert.True(ended || failed, "The stream has no end.");
        return failed ? null : message;
    }

    private static void CheckStart(JsonObject message)
    {
        Assert.StartsWith("msg_", (string)message["id"]!);
        Assert.Equal("message", (string)message["type"]!);
        Assert.Equal("assistant", (string)message["role"]!);
        Assert.Empty(message["content"]!.AsArray());
        Assert.False(string.IsNullOrEmpty((string?)message["model"]));
        Assert.Null(message["stop_reason"]);
        Assert.True((long)message["usage"]!["input_tokens"]! >= 0);
        Assert.True((long)message["usage"]!["output_tokens"]! >= 0);
    }

    private static void Apply(JsonObject block, JsonObject delta, StringBuilder input)
    {
        string kind = (string)block["type"]!;
        switch ((string)delta["type"]!)
        {
            case "text_delta":
                Assert.Equal("text", kind);
                block["text"] = (string)block["text"]! + (string)delta["text"]!;
                break;
            case "citations_delta":
                Assert.Equal("text", kind);
                if (block["citations"] is not JsonArray)
                {
                    block["citations"] = new JsonArray();
                }

                block["citations"]!.AsArray().Add(delta["citation"]!.DeepClone());
                break;
            case "thinking_delta":
                Assert.Equal("thinking", kind);
                block["thinking"] = (string)block["thinking"]! + (string)delta["thinking"]!;
                break;
            case "signature_delta":
                Assert.Equal("thinking", kind);
                block["signature"] = (string)delta["signature"]!;
                break;
            case "input_json_delta":
                Assert.EndsWith("tool_use", kind);
                input.Append((string)delta["partial_json"]!);
                break;
            default:
                Assert.Fail("Unknown delta " + delta);
                break;
        }
    }

    private static void Close(JsonObject block, string input)
    {
        switch ((string)block["type"]!)
        {
            case "tool_use":
                Assert.False(string.IsNullOrEmpty((string?)block["id"]));
                Assert.False(string.IsNullOrEmpty((string?)block["name"]));
                block["input"] = input.Length == 0 ? new JsonObject() : JsonNode.Parse(input)!.AsObject();
                break;
            case "thinking":
                Assert.False(string.IsNullOrEmpty((string?)block["signature"]), "A thinking block without a signature.");
                break;
            default:
                if (input.Length > 0)
                {
                    block["input"] = JsonNode.Parse(input);
                }

                break;
        }
    }

    private static void Merge(JsonObject message, JsonObject data)
    {
        JsonObject delta = data["delta"]!.AsObject();
        Assert.False(string.IsNullOrEmpty((string?)delta["stop_reason"]));
        Assert.True(delta.ContainsKey("stop_sequence"));
        foreach ((string name, JsonNode? value) in delta)
        {
            message[name] = value?.DeepClone();
        }

        Assert.True((long)data["usage"]!["output_tokens"]! >= 0);
        foreach ((string name, JsonNode? value) in data["usage"]!.AsObject())
        {
            message["usage"]![name] = value?.DeepClone();
        }
    }
}
