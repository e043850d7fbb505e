namespace Lightport.Tests.Strict;

/// <summary>Requests in the shape that Claude Code sends them, with system turns wherever it puts them.</summary>
internal static class ClaudeCode
{
    public const string Billing = "x-anthropic-billing-header: cc_version=2.1.329.a1f; cc_entrypoint=cli; cch=4e1b2;";

    public static readonly string UserId =
        $$"""{\"device_id\":\"{{new string('d', 64)}}\",\"session_id\":\"0b1c\"}""";

    /// <summary>A turn in the middle of a tool loop.</summary>
    public static string Loop(string model, string more = "") => $$$"""
        {"model":"{{{model}}}","max_tokens":32000,"metadata":{"user_id":"{{{UserId}}}"},
         "system":[
           {"type":"text","text":"{{{Billing}}}"},
           {"type":"text","text":"You are Claude Code.","cache_control":{"type":"ephemeral"}},
           {"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}],
         "messages":[
           {"role":"user","content":[
             {"type":"text","text":"<system-reminder>today</system-reminder>"},{"type":"text","text":"Look."}]},
           {"role":"system","content":"The user opened a.txt."},
           {"role":"assistant","content":[
             {"type":"text","text":"I look."},
             {"type":"tool_use","id":"toolu_1","name":"Read","input":{"path":"a.txt"}}]},
           {"role":"user","content":[
             {"type":"tool_result","tool_use_id":"toolu_1","content":"alpha","cache_control":{"type":"ephemeral"}}]},
           {"role":"system","content":[{"type":"text","text":"Two files changed."}]},
           {"role":"user","content":"Go on."}],
         "tools":[
           {"name":"Read","description":"Reads.","input_schema":{
             "$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
             "properties":{"path":{"type":"string"}},"required":["path"],"additionalProperties":false}}]{{{more}}}}
        """;
}
