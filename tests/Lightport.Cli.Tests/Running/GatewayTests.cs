namespace Lightport.Cli.Tests.Running;

/// <summary>A test with a fake gateway, and the tool in a process that is set to speak to it.</summary>
public abstract class GatewayTests : IAsyncLifetime
{
    public const string AdminKey = "lp-admin-canary-77";
    public const string ClientKey = "lp-client-canary-31";

    internal FakeGateway Gateway { get; private set; } = null!;

    internal ToolProcess Tool { get; } = new();

    public async Task InitializeAsync()
    {
        Gateway = await FakeGateway.StartAsync();
        Tool.Environment["LIGHTPORT_URL"] = Gateway.Address;
        Tool.Environment["LIGHTPORT_ADMIN_KEY"] = AdminKey;
        Tool.Environment["LIGHTPORT_KEY"] = ClientKey;
        Tool.Environment["LIGHTPORT_AUTHOR"] = "jane@contoso.com";
    }

    public async Task DisposeAsync() => await Gateway.DisposeAsync();

    /// <summary>The tool inside this process, for what a pipe cannot be: a person.</summary>
    internal ToolInPlace InPlace(string typed = "", bool person = true, TimeProvider? clock = null, int width = 120)
    {
        var tool = new ToolInPlace
        {
            Person = person,
            Typed = typed,
            Clock = clock ?? TimeProvider.System,
            Width = width,
        };
        foreach ((string name, string? value) in Tool.Environment)
        {
            tool.Environment[name] = value;
        }

        return tool;
    }
}
