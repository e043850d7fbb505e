using System.Collections;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Dialects;

/// <summary>Counts how often the names of a choice among tools are looked at: once each, however many tools.</summary>
public sealed class ToolChoiceWorkTests
{
    private const int Tools = 500;

    [Theory]
    [InlineData(DialectIds.OpenAIChat)]
    [InlineData(DialectIds.AnthropicMessages)]
    public void Choice_AmongManyTools_LooksAtEachNameOnce(string dialect)
    {
        var names = new CountedNames(Tools);
        var request = new ChatRequest
        {
            Model = "m",
            Dialect = DialectIds.OpenAIChat,
            Messages = [Wire.User("x")],
            Tools = [.. Enumerable.Range(0, Tools).Select(i => new ToolDefinition($"f{i}"))],
            ToolChoice = new ToolChoice(ToolChoiceMode.Allowed, names),
        };

        if (dialect == DialectIds.OpenAIChat)
        {
            ChatWire.EncodeRequest(request);
        }
        else
        {
            Wire.Encode(request);
        }

        Assert.Equal(Tools, names.Reads);
    }

    private sealed class CountedNames(int count) : IReadOnlyList<string>
    {
        public int Reads { get; private set; }

        public int Count => count;

        public string this[int index]
        {
            get
            {
                Reads++;
                return $"f{index}";
            }
        }

        public IEnumerator<string> GetEnumerator() => Enumerable.Range(0, count).Select(i => this[i]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
