using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lightport.Dialects;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Prefix;

/// <summary>
/// What a model says in a conversation, on each wire: a call of two tools, words, another call, and the end.
/// </summary>
internal static partial class PrefixAnswers
{
    /// <summary>Their ids are told by exact providers alone: for others the gateway makes them.</summary>
    private static readonly string[] ChatAnswers =
    [
        """
        {"role":"assistant","reasoning_content":"Let me see.","content":"I look. \n","tool_calls":[
          {"index":0,"id":"call_a","type":"function","function":{"name":"NAME","arguments":"{\"a\": 1.50}"}},
          {"index":1,"id":"call_b","type":"function","function":{"name":"read","arguments":""}}]}
        """,
        """{"role":"assistant","content":"Found it. \n"}""",
        """
        {"role":"assistant","content":null,"tool_calls":[
          {"index":0,"id":"call_c","type":"function","function":{"name":"NAME","arguments":"{}"}}]}
        """,
        """{"role":"assistant","content":"Done."}""",
    ];

    private static readonly string[] MessagesAnswers =
    [
        """
        [{"type":"thinking","thinking":"Let me see.","signature":"Eo0B"},{"type":"text","text":"I look. \n"},
         {"type":"tool_use","id":"toolu_1","name":"NAME","input":{"a": 1.50}},
         {"type":"tool_use","id":"toolu_2","name":"read","input":{}}]
        """,
        """[{"type":"text","text":"Found it. \n"}]""",
        """[{"type":"redacted_thinking","data":"AAAA"},{"type":"tool_use","id":"toolu_3","name":"NAME","input":{"a":1}}]""",
        """[{"type":"text","text":"Done."}]""",
    ];

    private static readonly string[] GeminiAnswers =
    [
        """
        [{"text":"Let me see.","thought":true},{"text":"I look. \n"},
         {"functionCall":{"name":"NAME","args":{"a": 1.50}},"thoughtSignature":"c2ln"},
         {"functionCall":{"id":"k2","name":"read","args":{}}}]
        """,
        """[{"text":"Found it. \n"},{"text":"","thoughtSignature":"c2lo"}]""",
        """[{"functionCall":{"name":"NAME","args":{"a":1}}}]""",
        """[{"text":"Done."}]""",
    ];

    private static readonly string[] ResponsesAnswers =
    [
        """
        [{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Let me see."}],"encrypted_content":"gAAA"},
         {"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"I look. \n","annotations":[]}]},
         {"type":"function_call","id":"fc_1","call_id":"call_a","name":"NAME","arguments":"{\"a\": 1.50}"},
         {"type":"function_call","id":"fc_2","call_id":"call_b","name":"read","arguments":""}]
        """,
        """[{"type":"message","id":"msg_2","role":"assistant","content":[{"type":"output_text","text":"Found it. \n","annotations":[]}]}]""",
        """
        [{"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"gBBB"},
         {"type":"function_call","id":"fc_3","call_id":"call_c","name":"NAME","arguments":"{}"}]
        """,
        """[{"type":"message","id":"msg_3","role":"assistant","content":[{"type":"output_text","text":"Done.","annotations":[]}]}]""",
    ];

    private static readonly string[] InteractionsAnswers =
    [
        """
        [{"type":"thought","summary":[{"type":"text","text":"Let me see."}],"signature":"c2ln"},
         {"type":"model_output","content":[{"type":"text","text":"I look. \n"}]},
         {"type":"function_call","id":"call_a","name":"NAME","arguments":{"a": 1.50}},
         {"type":"function_call","id":"call_b","name":"read","arguments":{}}]
        """,
        """[{"type":"thought","signature":"c2lo"},{"type":"model_output","content":[{"type":"text","text":"Found it. \n"}]}]""",
        """[{"type":"function_call","id":"call_c","name":"NAME","arguments":{"a":1}}]""",
        """[{"type":"model_output","content":[{"type":"text","text":"Done."}]}]""",
    ];

    public static string[] Of(string spoken) => spoken switch
    {
        DialectIds.OpenAIChat => ChatAnswers,
        DialectIds.GoogleGemini => GeminiAnswers,
        DialectIds.GoogleInteractions => InteractionsAnswers,
        DialectIds.OpenAIResponses => ResponsesAnswers,
        _ => MessagesAnswers,
    };

    /// <summary>The answer, with the name that the provider was told for the first tool.</summary>
    public static string Named(string answer, string target, SeenRequest asked)
    {
        JsonNode tool = asked.Json["tools"]![0]!;
        string name = (string)(tool["function"] ?? tool["functionDeclarations"]?[0] ?? tool)["name"]!;
        bool isExact = target is "chat-exact" or "chat-reasoning" || PrefixTargets.IsResponses(target)
            || PrefixTargets.IsInteractions(target);
        return (isExact ? answer : CallId().Replace(answer, "")).Replace("NAME", name, StringComparison.Ordinal);
    }

    [GeneratedRegex("\"id\":\"call_.\",")]
    private static partial Regex CallId();
}
