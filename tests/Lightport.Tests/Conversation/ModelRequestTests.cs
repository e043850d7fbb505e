using Lightport.Conversation;

namespace Lightport.Tests.Conversation;

public class ModelRequestTests
{
    /// <summary>A step that knows no operation changes what all requests have, and keeps the original.</summary>
    [Fact]
    public void Request_ChangedByAStage_KeepsItsOperationAndItsOriginal()
    {
        var asked = new ChatRequest { Model = "fast", Dialect = "openai-chat", Messages = [], IncludeUsage = true };

        ModelRequest changed = ((ModelRequest)asked) with { Model = "gpt-4o", Stream = true };

        Assert.Equal(asked with { Model = "gpt-4o", Stream = true }, Assert.IsType<ChatRequest>(changed));
        Assert.Equal("fast", asked.Model);
    }
}
