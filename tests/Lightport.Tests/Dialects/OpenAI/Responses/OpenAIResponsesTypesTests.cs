using Lightport.Conversation;
using YamlDotNet.RepresentationModel;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

/// <summary>
/// Every type of item, content, tool and choice that OpenAI's own schema lists is carried, told or refused by name: none
/// of them is unknown here.
/// </summary>
public sealed class OpenAIResponsesTypesTests
{
    /// <summary>An item's fields that any type may need, so that only its type can be refused.</summary>
    private const string Item = """
        {"type":"TYPE","id":"i","call_id":"c","role":"user","content":"hi","name":"n","arguments":{},"input":"x",
         "output":"o","summary":[],"tools":[],"action":{},"operation":{},"encrypted_content":"e","status":"completed"}
        """;

    [SharedFact(ApiSchemas.OpenAIFolder)]
    public void Item_OfEveryTypeThereIs_IsKnown()
    {
        string[] types = [.. Types("InputItem").Order()];

        Assert.Equal(30, types.Length);
        Assert.All(types, type => AssertKnown(type, $$"""{"model":"m","input":[{"role":"user","content":"hi"},{{ItemOf(type)}}]}"""));
    }

    [SharedFact(ApiSchemas.OpenAIFolder)]
    public void Content_OfEveryTypeThereIs_IsKnown() => Assert.All(
        Types("InputContent").Concat(["output_text", "refusal"]),
        type => AssertKnown(type, $$"""
            {"model":"m","input":[{"role":"assistant","content":[
              {"type":"{{type}}","text":"t","refusal":"r","image_url":"https://x.example/a","file_id":"f"}]}]}
            """));

    [SharedFact(ApiSchemas.OpenAIFolder)]
    public void Tool_OfEveryTypeThereIs_IsRead()
    {
        string[] types = [.. Types("Tool").Order()];

        Assert.Equal(18, types.Length);
        Assert.All(types, type => AssertKnown(type, $$"""
            {"model":"m","input":"hi","tools":[
              {"type":"{{type}}","name":"n","server_label":"s","tools":[{"type":"function","name":"f"}]}]}
            """));
    }

    [SharedFact(ApiSchemas.OpenAIFolder)]
    public void Choice_OfEveryTypeThereIs_IsRead() => Assert.All(
        Types("ToolChoiceParam").Except(["allowed_tools", "computer_use"])
            .Where(type => !type.StartsWith("web_search", StringComparison.Ordinal)),
        type => AssertKnown(type, $$"""
            {"model":"m","input":"hi","tools":[{"type":"{{type}}","name":"n","server_label":"s"}],
             "tool_choice":{"type":"{{type}}","name":"n","server_label":"s"} }
            """));

    /// <summary>Two fields are of another kind in each of these.</summary>
    private static string ItemOf(string type) => (type switch
    {
        "function_call" => Item.Replace("\"arguments\":{}", "\"arguments\":\"{}\"", StringComparison.Ordinal),
        "reasoning" => Item.Replace("\"content\":\"hi\"", "\"content\":[]", StringComparison.Ordinal),
        _ => Item,
    }).Replace("TYPE", type, StringComparison.Ordinal);

    private static void AssertKnown(string type, string request)
    {
        try
        {
            ResponsesWire.DecodeRequest(request);
        }
        catch (GatewayException refused) when (type == "item_reference")
        {
            Assert.Equal("unsupported_parameter", refused.Error.Code);
        }
        catch (GatewayException refused)
        {
            Assert.Fail($"{type}: {refused.Message}");
        }
    }

    /// <summary>The words of <c>type</c> in a schema and in all that it is one of.</summary>
    private static HashSet<string> Types(string schema)
    {
        var types = new HashSet<string>();
        var left = new Queue<string>([schema]);
        while (left.TryDequeue(out string? name))
        {
            var node = ApiSchemas.OpenAI.Of(name);
            Collect(node, types);
            foreach (string list in (string[])["oneOf", "anyOf"])
            {
                if (node.Children.TryGetValue(list, out YamlNode? some))
                {
                    foreach (YamlMappingNode one in ((YamlSequenceNode)some).OfType<YamlMappingNode>())
                    {
                        if (one.Children.TryGetValue("$ref", out YamlNode? reference))
                        {
                            left.Enqueue(((string)reference!).Split('/')[^1]);
                        }
                    }
                }
            }
        }

        return types;
    }

    private static void Collect(YamlMappingNode schema, HashSet<string> types)
    {
        if (!schema.Children.TryGetValue("properties", out YamlNode? properties)
            || !((YamlMappingNode)properties).Children.TryGetValue("type", out YamlNode? type))
        {
            return;
        }

        var field = (YamlMappingNode)type;
        if (field.Children.TryGetValue("anyOf", out YamlNode? alternatives))
        {
            field = ((YamlSequenceNode)alternatives).OfType<YamlMappingNode>().First();
        }

        if (field.Children.TryGetValue("enum", out YamlNode? words))
        {
            types.UnionWith(((YamlSequenceNode)words).Select(word => (string)word!));
        }
    }
}
