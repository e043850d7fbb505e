namespace Lightport.Cli.Tests.Running;

/// <summary>
/// A test with a fake gateway, and the tool set to speak to it: as a script runs it, yet inside the test's
/// process, which takes little of the time. <see cref="RealGateway.ConformTests"/> and <see cref="Commands.CommandLineTests"/> start it.
/// </summary>
public abstract class GatewayTests : IAsyncLifetime
{
    public const string AdminKey = "lp-admin-canary-77";
    public const string ClientKey = "lp-client-canary-31";

    internal FakeGateway Gateway { get; private set; } = null!;

    /// <summary>The tool in a pipe, where no line is wider than this.</summary>
    internal ToolInPlace Tool { get; } = new() { Width = 80 };

    public async Task InitializeAsync()
    {
        Gateway = await FakeGateway.StartAsync();
        Tool.Environment["LIGHTPORT_URL"] = Gateway.Address;
        Tool.Environment["LIGHTPORT_ADMIN_KEY"] = AdminKey;
        Tool.Environment["LIGHTPORT_KEY"] = ClientKey;
        Tool.Environment["LIGHTPORT_AUTHOR"] = "jane@contoso.com";
    }

    public async Task DisposeAsync() => await Gateway.DisposeAsync();

    /// <summary>The tool in a process of its own, for what reaches it from outside: signals, variables.</summary>
    internal ToolProcess InProcess()
    {
        var tool = new ToolProcess();
        foreach ((string name, string? value) in Tool.Environment)
        {
            tool.Environment[name] = value;
        }

        return tool;
    }

    /// <summary>The tool with what a pipe cannot be: a person.</summary>
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
