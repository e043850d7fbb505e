namespace Lightport.Tests.Strict;

/// <summary>Tools in the shape that MCP servers give them: long names, odd letters, schemas that leave things out.</summary>
internal static class McpTools
{
    public const string Long = "mcp__a_server_with_quite_a_long_name__a_tool_that_says_all_of_what_it_does";
    public const string Longer = "mcp__a_server_with_quite_a_long_name__a_tool_that_says_all_of_what_it_does_too";
    public const string Odd = "files.read/all";

    public static string Messages(string model, string more = "") => $$$$"""
        {"model":"{{{{model}}}}","max_tokens":999,
         "messages":[
           {"role":"user","content":"Look."},
           {"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"{{{{Long}}}}","input":{}}]},
           {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"ok"}]}],
         "tool_choice":{"type":"tool","name":"{{{{Longer}}}}"},
         "tools":[
           {"name":"{{{{Long}}}}","input_schema":{"type":"object"}},
           {"name":"{{{{Longer}}}}","input_schema":{"type":"object","anyOf":[
             {"properties":{"a":{"type":"string"}},"required":["a"]},{"properties":{"b":{"type":"array"}}}]}},
           {"name":"search","strict":true,"input_schema":{"type":"object",
             "properties":{"q":{"type":"string"},"limit":{"type":"integer","default":5}},"required":["q"]}},
           {"name":"list","input_schema":{"type":"object","properties":{"ids":{"type":["array","null"]},
             "each":{"type":"object","properties":{"tags":{"type":"array"} } } } } }]{{{{more}}}}}
        """;

    public static string Chat(string model, string more = "") => $$$$"""
        {"model":"{{{{model}}}}",
         "messages":[
           {"role":"user","content":"Look."},
           {"role":"assistant","content":null,"tool_calls":[
             {"id":"c1","type":"function","function":{"name":"{{{{Odd}}}}","arguments":"{}"}}]},
           {"role":"tool","tool_call_id":"c1","content":"ok"}],
         "tools":[
           {"type":"function","function":{"name":"{{{{Odd}}}}","parameters":{"type":"object","properties":{} } } },
           {"type":"function","function":{"name":"{{{{Long}}}}"}}]{{{{more}}}}}
        """;
}
