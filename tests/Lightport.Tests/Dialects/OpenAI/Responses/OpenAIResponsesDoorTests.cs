using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

/// <summary>What is refused at the door of Responses, whoever would answer.</summary>
public sealed class OpenAIResponsesDoorTests : IDisposable
{
    private readonly TestGateway _gateway = new("models: { m: [openai/gpt-4o] }");

    [Theory]
    [InlineData("""{"model":"m","input":"hi","background":true}""", "background")]
    [InlineData("""{"model":"m","input":"hi","conversation":"conv_1"}""", "conversation")]
    [InlineData("""{"model":"m","input":"hi","conversation":{"id":"conv_1"}}""", "conversation")]
    public async Task Request_ForWhatNoAnswerCanHave_IsRefusedByName(string body, string field)
    {
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Responses, body);

        Assert.Equal(400, call.Status);
        Assert.Equal(field, call.Error("param"));
        Assert.Equal("unsupported_parameter", call.Error("code"));
    }

    [Theory]
    [InlineData("""{"model":"m"}""", "missing_required_parameter")]
    [InlineData("""{"model":"m","input":7}""", "invalid_type")]
    public async Task Request_WithoutInput_IsRefusedByName(string body, string code)
    {
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Responses, body);

        Assert.Equal(400, call.Status);
        Assert.Equal("input", call.Error("param"));
        Assert.Equal(code, call.Error("code"));
    }

    public void Dispose() => _gateway.Dispose();
}
