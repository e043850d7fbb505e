namespace Lightport.Tests.Exchanges.Limits;

/// <summary>
/// A hard budget lets through nothing whose cost nothing bounds, whatever door it comes by; without one it passes.
/// </summary>
public sealed class HardBudgetTests
{
    private const string Hard = "  - { name: house, per: all, budget: { usd: 5, per: day } }";
    private const string Soft = "  - { name: house, per: all, budget: { usd: 5, per: day }, then: alert }";

    [Theory]
    [InlineData("Messages", "claude", "\"service_tier\":\"priority\"", "service that 'service_tier' names is not known")]
    [InlineData("Messages", "claude", "\"inference_geo\":\"us\"", "leave 'inference_geo' out")]
    [InlineData("Messages", "claude", "\"context_management\":{\"edits\":[{\"type\":\"compact_20260112\"}]}", "compacted on the way")]
    [InlineData("Messages", "claude", "\"tools\":[{\"type\":\"code_execution_20250825\",\"name\":\"code_execution\"}]", "leave it out")]
    [InlineData("Messages", "claude", "\"tools\":[{\"type\":\"tool_search_tool_regex_20251119\",\"name\":\"t\"}]", "nothing bounds how often")]
    [InlineData("Responses", "gpt", "\"tools\":[{\"type\":\"code_interpreter\",\"container\":{\"type\":\"auto\"}}],\"max_tool_calls\":1", "its container's time")]
    [InlineData("Responses", "gpt", "\"tools\":[{\"type\":\"file_search\",\"vector_store_ids\":[]}],\"max_tool_calls\":1", "or a fee of its own; leave it out")]
    [InlineData("Responses", "gpt", "\"tools\":[{\"type\":\"web_search_preview\"}],\"max_tool_calls\":1", "or a fee of its own; leave it out")]
    [InlineData("Responses", "gpt", "\"tools\":[{\"type\":\"image_generation\"}],\"max_tool_calls\":1", "leave it out")]
    [InlineData("Responses", "grok", "\"tools\":[{\"type\":\"web_search\"}],\"max_tool_calls\":1", "nothing bounds how often its provider runs tools for it; leave them out")]
    [InlineData("Responses", "gpt", "\"prompt\":{\"id\":\"pmpt_1\"}", "stored 'prompt'")]
    [InlineData("Responses", "gpt", "\"multi_agent\":{\"enabled\":true}", "nothing bounds how many agents work on it")]
    [InlineData("Responses", "gpt", "\"reasoning\":{\"mode\":\"pro\"}", "leave 'mode' out of 'reasoning'")]
    [InlineData("ChatCompletions", "speaker", "\"modalities\":[\"text\",\"audio\"]", "says aloud may cost more")]
    [InlineData("ChatCompletions", "gpt", "\"service_tier\":\"platinum\"", "service that 'service_tier' names is not known")]
    [InlineData("ChatCompletions", "gpt", "\"service_tier\":7", "service that 'service_tier' names is not known")]
    [InlineData("ChatCompletions", "gpt", "\"prediction\":{\"type\":\"content\",\"content\":\"a\"}", "leave it out")]
    [InlineData("ChatCompletions", "router", "\"models\":[\"openai/o1-pro\"]", "'models' may have openrouter ask a dearer")]
    [InlineData("Embeddings", "vectors", "\"input\":[{\"image\":\"https://a.example/b.png\"}]", "send text")]
    [InlineData("Gemini", "gemini", "\"generationConfig\":{\"routingConfig\":{\"autoMode\":{}}}", "another model may be chosen")]
    [InlineData("Gemini", "painter", "\"generationConfig\":{\"maxOutputTokens\":64}", "a picture of google/gemini-3-pro-image may cost more")]
    [InlineData("Gemini", "gemini", "\"tools\":[{\"googleSearch\":{}}]", "nothing bounds how often")]
    public async Task WhatNothingBounds_IsRefusedAndElsewherePasses(string door, string model, string field, string why)
    {
        using LimitedGateway limited = new(Hard);
        ClientCall call = await SendAsync(limited, door, model, field);

        Assert.Contains(why, call.Text, StringComparison.Ordinal);
        Assert.Contains("The budget 'house' is hard", call.Text, StringComparison.Ordinal);
        Assert.Empty(limited.Upstream.Seen);
        Assert.Equal(0, limited.Ledger.Reserved);

        using LimitedGateway free = new(Soft);
        free.Upstream.Answer(ScriptedResponse.Json("{}"));
        await SendAsync(free, door, model, field);
        Assert.Single(free.Upstream.Seen);
    }

    /// <summary>What nobody knows may fill the model's context, and is held for as that.</summary>
    [Theory]
    [InlineData("Messages", "claude", "\"system\":[{\"type\":\"stored\",\"id\":\"s_1\"}]")]
    [InlineData("Responses", "gpt", "\"previous_response_id\":\"resp_of_another\"")]
    [InlineData("Responses", "gpt", "\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_1\"}]")]
    [InlineData("Messages", "claude", "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"base64\",\"media_type\":\"application/pdf\",\"data\":\"AAAA\"}}]}]")]
    [InlineData("Messages", "claude", "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"application/pdf\",\"data\":\"AAAA\"}}]}]")]
    [InlineData("ChatCompletions", "gpt", "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:application/pdf;base64,AAAA\"}}]}]")]
    [InlineData("ChatCompletions", "gpt", "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"d\\u0061ta:video/mp4;base64,AAAA\"}}]}]")]
    [InlineData("ChatCompletions", "gemini", "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example/b.mp4\"}}]}]")]
    [InlineData("Gemini", "gemini", "\"cachedContent\":\"cachedContents/1\"")]
    [InlineData("Gemini", "gemini", "\"contents\":[{\"parts\":[{\"corpus\":{\"name\":\"corpora/1\"}}]}]")]
    public async Task WhatNobodyKnows_HoldsTheWholeContext(string door, string model, string field)
    {
        using LimitedGateway limited = new(Hard.Replace("usd: 5", "usd: 0.2", StringComparison.Ordinal));
        ClientCall call = await SendAsync(limited, door, model, field);

        Assert.Contains("has $0.20 left", call.Text, StringComparison.Ordinal);
        Assert.Contains("a file counts as all that the model can read", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Lower the most tokens", call.Text, StringComparison.Ordinal);
        Assert.Empty(limited.Upstream.Seen);
    }

    /// <summary>What the configuration has a target told counts, whatever the client says, and is not overwritten.</summary>
    [Fact]
    public async Task SettingsOfATarget_AreHeldFor()
    {
        using LimitedGateway limited = new(Hard.Replace("usd: 5", "usd: 0.1", StringComparison.Ordinal));
        ClientCall call = await SendAsync(limited, "ChatCompletions", "set", "\"temperature\":0");

        // 16,000 tokens of an answer at $10 a million, where the client asks for 64.
        Assert.Contains("this request may cost up to $0.16", call.Error("message"), StringComparison.Ordinal);
        Assert.Empty(limited.Upstream.Seen);
    }

    /// <summary>A picture counts for as much as the dearest that its model counts one for.</summary>
    [Fact]
    public async Task PictureOfGpt4oMini_HoldsFiftyThousandTokens()
    {
        using LimitedGateway limited = new(Hard.Replace("usd: 5", "usd: 0.007", StringComparison.Ordinal));
        ClientCall call = await SendAsync(
            limited,
            "ChatCompletions",
            "mini",
            "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example/b.png\"}}]}]");

        // At $0.15 a million.
        Assert.Contains("this request may cost up to $0.007", call.Error("message"), StringComparison.Ordinal);
        Assert.Empty(limited.Upstream.Seen);
    }

    /// <summary>Some servers of the wire write as many answers as it says, and bill all of them.</summary>
    [Fact]
    public async Task BestOf_IsHeldFor()
    {
        using LimitedGateway limited = new(Hard.Replace("usd: 5", "usd: 0.1", StringComparison.Ordinal));
        ClientCall call = await SendAsync(limited, "ChatCompletions", "gpt", "\"best_of\":500");

        Assert.Contains("this request may cost up to $0.32", call.Error("message"), StringComparison.Ordinal);
        Assert.Empty(limited.Upstream.Seen);
    }

    /// <summary>
    /// A model that reads 200,000 tokens may read a million by a beta, at a price that nobody knows; and so may a name
    /// that nobody knows, unless its context is said.
    /// </summary>
    [Theory]
    [InlineData("sonnet", false)]
    [InlineData("claude", true)]
    [InlineData("opus", false)]
    [InlineData("opus-b", false)]
    [InlineData("opus-c", true)]
    public async Task LongContextByBeta_IsRefusedWhereItIsNotTheModelsOwn(string model, bool passes)
    {
        using LimitedGateway limited = new(Hard);
        limited.Upstream.Answer(ScriptedResponse.Json("{}"));
        ClientCall call = await limited.Gateway.SendAsync(
            GatewayEndpoints.Messages,
            $$"""{"model":"{{model}}","max_tokens":64,"messages":[{"role":"user","content":"hi"}]}""",
            new Dictionary<string, string> { ["anthropic-beta"] = "context-1m-2025-08-07" });

        Assert.Equal(passes, !call.Text.Contains("leave 'context-1m' out", StringComparison.Ordinal));
        Assert.Equal(passes ? 1 : 0, limited.Upstream.Seen.Count);
    }

    /// <summary>Pictures, and text that stands in a document, are bounded by themselves.</summary>
    [Theory]
    [InlineData("ChatCompletions", "gpt", "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}},{\"type\":\"text\",\"text\":\"data: a, b\"}]}]")]
    [InlineData("Messages", "claude", "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"AAAA\"}}]}]")]
    [InlineData("Messages", "claude", "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"hi\"}}]}]")]
    public async Task Pictures_AndText_HoldTheirOwn(string door, string model, string field)
    {
        using LimitedGateway limited = new(Hard.Replace("usd: 5", "usd: 0.6", StringComparison.Ordinal));
        limited.Upstream.Answer(ScriptedResponse.Json("{}"));
        await SendAsync(limited, door, model, field);

        Assert.Single(limited.Upstream.Seen);
    }

    private static Task<ClientCall> SendAsync(LimitedGateway limited, string door, string model, string field)
    {
        static string Body(string field, string name, string usual) =>
            field.StartsWith($"\"{name}\"", StringComparison.Ordinal) ? field : $"{field},\"{name}\":{usual}";

        const string Turn = """[{"role":"user","content":"hi"}]""";
        return door switch
        {
            "Messages" => limited.Gateway.SendAsync(
                GatewayEndpoints.Messages,
                $$"""{"model":"{{model}}","max_tokens":64,{{Body(field, "messages", Turn)}}}"""),
            "Responses" => limited.Gateway.SendAsync(
                GatewayEndpoints.All.First(one => one is { Path: "/v1/responses", Method: "POST" }),
                $$"""{"model":"{{model}}","max_output_tokens":64,"store":false,{{Body(field, "input", "\"hi\"")}}}"""),
            "Gemini" => limited.Gateway.SendAsync(
                GatewayEndpoints.GenerateContent,
                $$"""{{{Body(field, "contents", """[{"parts":[{"text":"hi"}]}]""")}}}""",
                path: $"/v1/models/{model}:generateContent"),
            "Embeddings" => limited.Gateway.SendAsync(
                GatewayEndpoints.All.First(one => one is { Path: "/v1/embeddings" }),
                $$"""{"model":"{{model}}",{{field}}}"""),
            _ => limited.Gateway.SendAsync(
                GatewayEndpoints.ChatCompletions,
                $$"""{"model":"{{model}}","max_completion_tokens":64,{{Body(field, "messages", Turn)}}}"""),
        };
    }
}
