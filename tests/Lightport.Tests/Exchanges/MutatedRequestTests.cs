using Lightport.Transport;

namespace Lightport.Tests.Exchanges;

/// <summary>Whatever a client sends, the answer is one, or says what is wrong with the request: never a 500.</summary>
public sealed class MutatedRequestTests : IDisposable
{
    private const string Chat = """
        {"model":"m","messages":[
          {"role":"system","content":"be","cache_control":{"type":"ephemeral","ttl":"1h"}},
          {"role":"developer","content":[{"type":"text","text":"be","cache_control":{"type":"ephemeral"}}]},
          {"role":"user","name":"n","content":[{"type":"text","text":"x"},
            {"type":"image_url","image_url":{"url":"data:image/png;base64,AA","detail":"low"}},
            {"type":"file","file":{"filename":"a.pdf","file_data":"JVBERi"}},{"type":"file","file":{"file_id":"f"}},
            {"type":"input_audio","input_audio":{"data":"AA","format":"wav"}},{"type":"other","x":1}]},
          {"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"t"}]},
            {"type":"refusal","refusal":"no"}],"refusal":"no","audio":{"id":"a"},"reasoning_content":"r",
            "reasoning_details":[{"type":"reasoning.text","text":"t","signature":"s","format":"anthropic-claude-v1",
              "id":"a"},{"type":"reasoning.encrypted","data":"d"}],
            "tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"},
              "extra_content":{"google":{"thought_signature":"s"}}},
              {"id":"b","type":"custom","custom":{"name":"p","input":"x"}}]},
          {"role":"tool","tool_call_id":"a","content":"x"},{"role":"tool","tool_call_id":"b","content":[{"type":"text",
            "text":"x"}]},
          {"role":"assistant","function_call":{"name":"g","arguments":"{}"}},
          {"role":"function","name":"g","content":"x"},{"role":"user","content":"x"}],
         "tools":[{"type":"function","function":{"name":"f","description":"d","strict":true,"extra":1,"parameters":{
             "type":["object","null"],"properties":{"a":{"type":"string","format":"email","minLength":1},
             "b":{"anyOf":[{"type":"null"},{"$ref":"#/$defs/c"}]},"d":{"type":"array","items":{"type":"integer"},
             "minItems":2}},"required":["a"],"additionalProperties":{"type":"string"},
             "$defs":{"c":{"oneOf":[{"const":1}],"enum":[1]}}}}},
           {"type":"custom","custom":{"name":"p","format":{"type":"grammar","grammar":{"syntax":"lark",
             "definition":"d"}}},"cache_control":{"type":"ephemeral"}},{"type":"web_search","x":1}],
         "functions":[{"name":"g","parameters":{"type":"object"}}],"function_call":{"name":"g"},
         "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function",
           "function":{"name":"f"}}]}},
         "parallel_tool_calls":false,"max_tokens":100,"max_completion_tokens":100,"temperature":0.5,"top_p":0.5,
         "top_k":1,"frequency_penalty":0,"presence_penalty":0,"seed":1,"stop":["a"],"n":1,"logprobs":false,
         "top_logprobs":0,"logit_bias":{"1":1},
         "response_format":{"type":"json_schema","json_schema":{"name":"r","description":"d","strict":true,
           "schema":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}}},
         "reasoning_effort":"low","reasoning":{"effort":"low","max_tokens":2000,"enabled":true,"exclude":false,
           "summary":"auto"},"thinking":{"type":"enabled","budget_tokens":2000},"verbosity":"low",
         "service_tier":"auto","user":"u","safety_identifier":"s","prompt_cache_key":"k","metadata":{"a":"b"},
         "modalities":["text"],"stream":false,"stream_options":{"include_usage":true},"web_search_options":{}}
        """;

    private const string Messages = """
        {"model":"m","max_tokens":100,"system":[{"type":"text","text":"x-anthropic-billing-header: x"},{"type":"text","text":"be","cache_control":{"type":"ephemeral"}}],
         "messages":[
          {"role":"user","content":[{"type":"text","text":"x","citations":[{"type":"char_location","cited_text":"c",
              "document_index":0,"document_title":"t","start_char_index":0,"end_char_index":1}]},
            {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA"}},
            {"type":"image","source":{"type":"url","url":"https://x"}},{"type":"image","source":{"type":"file",
              "file_id":"f"}},
            {"type":"document","title":"t","context":"c","citations":{"enabled":true},"source":{"type":"content",
              "content":[{"type":"text","text":"x"}]}},
            {"type":"document","source":{"type":"text","media_type":"text/plain","data":"x"}},{"type":"other","x":1}]},
          {"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"lp1.YQ.YQ"},
            {"type":"redacted_thinking","data":"d"},{"type":"tool_use","id":"a","name":"f","input":{"x":1},
              "caller":{"type":"direct"}},{"type":"server_tool_use","id":"s","name":"web_search","input":{}}]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"a","is_error":true,"content":[{"type":"text",
              "text":"x"},{"type":"tool_reference","tool_name":"f"},{"type":"image","source":{"type":"base64",
              "media_type":"image/png","data":"AA"}}]}]},
          {"role":"system","content":"note"},{"role":"user","content":"x"}],
         "tools":[{"name":"f","description":"d","input_schema":{"type":["object"],"properties":{"a":{"type":"string"}},
             "required":["a"]},"strict":true,"cache_control":{"type":"ephemeral","ttl":"1h"},"defer_loading":true,
             "input_examples":[{"a":1}]},{"type":"web_search_20250305","name":"web_search","max_uses":1}],
         "tool_choice":{"type":"tool","name":"f","disable_parallel_tool_use":true},
         "thinking":{"type":"enabled","budget_tokens":2000,"display":"omitted"},
         "output_config":{"effort":"low","format":{"type":"json_schema","schema":{"type":"object",
           "additionalProperties":false,"anyOf":[{"type":"object"}],"properties":{"a":{"type":["string","null"]}},
           "required":["a"]}}},
         "output_format":{"type":"json_schema","schema":{"type":"object"}},"temperature":0.5,"top_p":0.5,"top_k":1,
         "stop_sequences":["a"],"service_tier":"auto","metadata":{"user_id":"u","x":1},"stream":false,
         "thread":null,"mcp_servers":[],"context_management":{}}
        """;

    private const string Completions = """
        {"model":"m","prompt":["x"],"suffix":"","best_of":1,"echo":false,"max_tokens":10,"temperature":0.5,"top_p":0.5,
         "top_k":1,"frequency_penalty":0,"presence_penalty":0,"seed":1,"stop":["a"],"n":1,"logit_bias":{"1":1},
         "user":"u","stream":false,"stream_options":{"include_usage":true},"other":1}
        """;

    private const string Gemini = """
        {"system_instruction":{"parts":{"text":"be"}},"contents":[
          {"role":"user","parts":[{"text":"x"},{"inlineData":{"mimeType":"image/png","data":"AAAA","displayName":"d"}},
            {"fileData":{"mimeType":"application/pdf","fileUri":"https://x"}},
            {"inlineData":{"mimeType":"audio/wav","data":"AAAA"}},{"text":"y","videoMetadata":{"fps":1}}]},
          {"role":"model","parts":[{"text":"t","thought":true,"thoughtSignature":"bHAxLnguc"},
            {"functionCall":{"id":"a","name":"f","args":{"x":1}},"thoughtSignature":"c2ln"},
            {"functionCall":{"name":"g","args":{}}},{"executableCode":{"code":"1","language":"PYTHON"}},
            {"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1"}}]},
          {"role":"user","parts":[{"functionResponse":{"id":"a","name":"f","response":{"output":"x"},
            "parts":[{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]}},
            {"functionResponse":{"name":"g","response":{"error":"x"},"scheduling":"SILENT"}},{"text":"x"}]}],
         "tools":[{"functionDeclarations":[{"name":"f","description":"d","parameters":{"type":"OBJECT","nullable":true,
             "properties":{"a":{"type":"STRING","enum":["x"],"nullable":true},"b":{"type":"ARRAY","items":{"type":"NUMBER"},
             "minItems":"1"},"c":{"anyOf":[{"type":"STRING"}]}},"required":["a"],"propertyOrdering":["b","a"]},
             "behavior":"BLOCKING"},{"name":"g","parametersJsonSchema":{"type":"object"}}],"googleSearch":{}}],
         "toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["f","g"]},"retrievalConfig":{}},
         "generationConfig":{"temperature":0.5,"topP":0.5,"topK":1,"candidateCount":1,"maxOutputTokens":100,"seed":1,
           "stopSequences":["a"],"presencePenalty":0,"frequencyPenalty":0,"responseLogprobs":false,"logprobs":0,
           "responseMimeType":"application/json","responseSchema":{"type":"OBJECT","properties":{"a":{"type":"STRING"}}},
           "responseModalities":["TEXT"],"thinkingConfig":{"thinkingBudget":2000,"includeThoughts":true},
           "speechConfig":{}},
         "safetySettings":[],"labels":{"a":"b"},"serviceTier":"standard","cachedContent":"c"}
        """;

    private const string Interactions = """
        {"model":"m","system_instruction":"be","input":[
          {"type":"user_input","content":[{"type":"text","text":"x"},{"type":"image","mime_type":"image/png","data":"AAAA"},
            {"type":"audio","mime_type":"audio/wav","data":"AAAA"},{"type":"document","uri":"https://x/a.pdf"},
            {"type":"video","mime_type":"video/mp4","uri":"https://x/a.mp4"}]},
          {"type":"thought","summary":[{"type":"text","text":"t"}],"signature":"bHAxLnguc"},
          {"type":"model_output","content":[{"type":"text","text":"y","annotations":[]}]},
          {"type":"google_search_call","id":"s","arguments":{"queries":["q"]}},
          {"type":"google_search_result","call_id":"s","result":[]},
          {"type":"function_call","id":"a","name":"f","arguments":{"x":1}},
          {"type":"function_call","id":"b","name":"g","arguments":{}},
          {"type":"function_result","call_id":"a","name":"f","is_error":true,"result":[{"type":"text","text":"x"},
            {"type":"image","mime_type":"image/png","data":"AAAA"}]},
          {"type":"function_result","call_id":"b","result":{"rows":[1]}},{"type":"text","text":"x"}],
         "tools":[{"type":"function","name":"f","description":"d","parameters":{"type":"object","properties":{"a":{"type":
             "string"}},"required":["a"]},"extra":1},{"type":"function","name":"g"},{"type":"google_search"}],
         "generation_config":{"max_output_tokens":100,"temperature":0.5,"top_p":0.5,"seed":1,"stop_sequences":["a"],
           "thinking_level":"low","thinking_summaries":"auto","tool_choice":{"allowed_tools":{"mode":"any","tools":["f"]}},
           "image_config":{}},
         "response_format":{"type":"text","mime_type":"application/json","schema":{"type":"object","properties":{"a":{"type":
           "string"}}}},"response_modalities":["text"],"service_tier":"standard","labels":{"a":"b"},"store":true,
         "environment":"e","stream":false}
        """;

    private const string Interaction =
        """{"id":"i","model":"m","status":"completed","steps":[{"type":"model_output","content":[{"type":"text","text":"Hi"}]}],"usage":{"total_input_tokens":1,"total_output_tokens":1}}""";

    private const string Responses =
        """{"id":"resp_1","object":"response","created_at":1,"status":"completed","model":"m","output":[{"id":"msg_1","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Hi","annotations":[]}]}],"usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}""";

    private readonly TestGateway _gateway = new("""
          elsewhere: { use: openrouter, auth: none }
          google: {}
        models:
          other: { targets: [elsewhere/x], unsupported: drop }
          claude: { targets: [anthropic/claude-sonnet-4-5], unsupported: drop }
          older: { targets: [anthropic/claude-3-haiku-20240307], unsupported: drop }
          gpt: { targets: [openai/gpt-5-mini], unsupported: drop }
          loose: { targets: [loose/x], unsupported: drop }
          google: { targets: [{ to: google/gemini-3-flash-preview, traits: { endpoint: google-interactions, endpoint-always: on } }], unsupported: drop }
          mirror: { targets: [echo/echo], unsupported: drop }
          mistral: { targets: [mistral-ai/x], unsupported: drop }
        """);

    [Theory]
    [InlineData("claude")]
    [InlineData("older")]
    [InlineData("mistral")]
    [InlineData("mirror")]
    public Task Chat_WithAnyValueAnywhere_IsNeverA500(string model) =>
        NeverCrashesAsync(GatewayEndpoints.ChatCompletions, Wires.For(model, Chat));

    [Theory]
    [InlineData("gpt")]
    [InlineData("loose")]
    [InlineData("claude")]
    [InlineData("other")]
    public Task Messages_WithAnyValueAnywhere_IsNeverA500(string model) =>
        NeverCrashesAsync(GatewayEndpoints.Messages, Wires.For(model, Messages));

    [Theory]
    [InlineData("claude")]
    [InlineData("loose")]
    public Task Completions_WithAnyValueAnywhere_IsNeverA500(string model) =>
        NeverCrashesAsync(GatewayEndpoints.Completions, Wires.For(model, Completions));

    [Theory]
    [InlineData("loose")]
    [InlineData("claude")]
    public Task Gemini_WithAnyValueAnywhere_IsNeverA500(string model) => NeverCrashesAsync(
        GatewayEndpoints.GenerateContent, Gemini, $"/v1/models/{model}:generateContent");

    [Theory]
    [InlineData("loose")]
    [InlineData("claude")]
    [InlineData("google")]
    public Task Interactions_WithAnyValueAnywhere_IsNeverA500(string model) =>
        NeverCrashesAsync(GatewayEndpoints.Interactions, Wires.For(model, Interactions));

    [Theory]
    [InlineData("google")]
    public Task Chat_ToInteractions_IsNeverA500(string model) =>
        NeverCrashesAsync(GatewayEndpoints.ChatCompletions, Wires.For(model, Chat));

    public void Dispose() => _gateway.Dispose();

    private async Task NeverCrashesAsync(GatewayEndpoint endpoint, string body, string? path = null)
    {
        var crashes = new Dictionary<string, string>();
        int answered = 0;
        foreach (string mutated in MutatedBody.Of(body))
        {
            _gateway.Upstream.Forget();
            _gateway.Log.Lines.Clear();
            _gateway.Upstream.Answer(_ => Task.FromResult<UpstreamResponse>(Answer()));
            using ClientCall call = await _gateway.SendAsync(endpoint, mutated, path: path);
            answered += call.Status == 200 ? 1 : 0;
            if (call.Status != 200 && call.Status is < 400 or > 499)
            {
                string reason = string.Join('\n', _gateway.Log.Lines.Select(line => line.Text))
                    .Split('\n').FirstOrDefault(line => line.Contains(" at Lightport.", StringComparison.Ordinal)) ?? "";
                crashes.TryAdd(reason, $"{call.Status} {call.Text} for {mutated}");
            }
        }

        Assert.True(crashes.Count == 0, string.Join("\n\n", crashes.Select(crash => $"{crash.Key}\n{crash.Value}")));
        Assert.True(answered > 10, "Nearly nothing came through: the body itself is not good.");
    }

    private ScriptedResponse Answer()
    {
        SeenRequest seen = _gateway.Upstream.Last;
        if (seen.Address.AbsolutePath.EndsWith("/responses", StringComparison.Ordinal))
        {
            return seen.Body.Contains("\"stream\":true", StringComparison.Ordinal)
                ? ScriptedResponse.Events(
                    $"data: {{\"type\":\"response.completed\",\"sequence_number\":0,\"response\":{Responses}}}\n\n")
                : ScriptedResponse.Json(Responses);
        }

        if (seen.Address.AbsolutePath.EndsWith("/interactions", StringComparison.Ordinal))
        {
            return seen.Body.Contains("\"stream\":true", StringComparison.Ordinal)
                ? ScriptedResponse.Events(
                    $"data: {{\"event_type\":\"interaction.completed\",\"interaction\":{Interaction}}}\n\n")
                : ScriptedResponse.Json(Interaction);
        }

        bool isMessages = seen.Address.AbsolutePath.EndsWith("messages", StringComparison.Ordinal);
        return seen.Body.Contains("\"stream\":true", StringComparison.Ordinal)
            ? ScriptedResponse.Events(isMessages ? Wires.MessagesEvents : Wires.ChatEvents)
            : ScriptedResponse.Json(isMessages ? Wires.MessagesAnswer : Wires.ChatAnswer);
    }
}
