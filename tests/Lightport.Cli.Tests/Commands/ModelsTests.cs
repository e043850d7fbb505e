using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

public sealed class ModelsTests : GatewayTests
{
    private const string List = """{"object": "list", "data": [{"id": "fast", "object": "model"}, {"id": "echo"}]}""";

    [Fact]
    public async Task Models_StandOneALine_AskedForWithTheClientsKey()
    {
        Gateway.On("GET /v1/models", List);

        ToolResult result = (await Tool.RunAsync("models")).Ended(0);

        Assert.Equal("fast\necho\n", result.Output);
        Assert.Equal($"Bearer {ClientKey}", Assert.Single(Gateway.Calls).Header("authorization"));
    }

    [Fact]
    public async Task Models_WithoutAClientKey_AreAskedForWithNone()
    {
        Tool.Environment["LIGHTPORT_KEY"] = null;
        Gateway.On("GET /v1/models", List);

        ToolResult result = (await Tool.RunAsync("models", "--json")).Ended(0);

        Assert.Equal(List + "\n", result.Output);
        Assert.Null(Assert.Single(Gateway.Calls).Header("authorization"));
    }
}
