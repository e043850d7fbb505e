using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Mcp;
using Lightport.Mcp.Results;

namespace Lightport.Tests.Mcp;

public sealed class ResultReaderTests
{
    [Fact]
    public void Read_EveryKindOfContent_BecomesWhatAModelCanSee()
    {
        McpOutcome outcome = Read("""
            {"content":[
              {"type":"text","text":"hello"},
              {"type":"image","data":"aW1n","mimeType":"image/png"},
              {"type":"image","data":"aW1n","mimeType":"image/tiff"},
              {"type":"audio","data":"c25k","mimeType":"audio/wav"},
              {"type":"resource_link","uri":"file:///a.md","name":"a","description":"About a."},
              {"type":"resource","resource":{"uri":"file:///b.md","text":"the text of b"}},
              {"type":"resource","resource":{"uri":"file:///c.pdf","blob":"cGRm","mimeType":"application/pdf"}}
            ],"structuredContent":{"told":"already"}}
            """);

        Assert.False(outcome.IsError);
        Assert.Equal(
            ["hello", "image/png aW1n", "[A picture of type 'image/tiff' was left out, as no model can look at it.]",
                "audio/wav c25k", "[Resource a at file:///a.md: About a.]", "file:///b.md:\nthe text of b",
                "c.pdf application/pdf cGRm"],
            outcome.Parts.Select(part => part switch
            {
                TextPart text => text.Text,
                ImagePart image => $"{image.Source.MediaType} {image.Source.Base64}",
                AudioPart audio => $"{audio.Source.MediaType} {audio.Source.Base64}",
                FilePart file => $"{file.Filename} {file.Source.MediaType} {file.Source.Base64}",
                _ => part.ToString(),
            }));
    }

    [Fact]
    public void Read_StructuredContentAlone_IsToldAsItsJson() => Assert.Equal(
        """{"city":"Graz"}""",
        Assert.IsType<TextPart>(Assert.Single(Read("""{"content":[],"structuredContent":{"city":"Graz"}}""").Parts)).Text);

    [Fact]
    public void Read_AFailure_IsAnError()
    {
        McpOutcome outcome = Read("""{"isError":true,"content":[{"type":"text","text":"no such file"}]}""");

        Assert.Equal((true, "tool_error"), (outcome.IsError, outcome.Failure));
    }

    [Fact]
    public void Read_MorePartsThanAreTaken_SaysHowManyAreLeftOut()
    {
        string parts = string.Join(",", Enumerable.Repeat("""{"type":"text","text":"x"}""", 100));

        IReadOnlyList<ContentPart> read = Read("{\"content\":[" + parts + "]}").Parts;

        Assert.Equal(McpBounds.MostParts + 1, read.Count);
        Assert.Equal(
            "[The gateway left out 36 more parts of this result.]", Assert.IsType<TextPart>(read[^1]).Text);
    }

    [Fact]
    public void Read_AnImageThatIsTooLarge_SaysSoInItsPlace()
    {
        string data = new('A', McpBounds.LongestMedia + 4);

        TextPart said = Assert.IsType<TextPart>(Assert.Single(
            Read("{\"content\":[{\"type\":\"image\",\"mimeType\":\"image/png\",\"data\":\"" + data + "\"}]}").Parts));

        Assert.Equal("[Content of type 'image/png' was left out, as it has 3932163 bytes.]", said.Text);
    }

    private static McpOutcome Read(string result) => ResultReader.Read(JsonNode.Parse(result));
}
