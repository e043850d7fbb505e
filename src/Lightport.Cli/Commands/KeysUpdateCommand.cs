using System.CommandLine;
using System.Text.Json.Nodes;
using Lightport.Cli.Gateway;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Changes what a key may do; what is not named stays as it is.</summary>
internal sealed class KeysUpdateCommand
{
    private readonly Argument<string> _key = Arguments.Key();
    private readonly KeyOptions _options = new();

    private readonly Option<string?> _name = new("--name") { Description = "Another name.", HelpName = "name" };

    private readonly Option<bool> _anyModel = new("--any-model") { Description = "It may ask for every model." };

    private readonly Option<bool> _noTags = new("--no-tags") { Description = "Takes its tags away." };

    private readonly Option<bool> _noLimits = new("--no-limits") { Description = "Takes its own limits away." };

    public static Command Create(CommandRunner runner) => new KeysUpdateCommand().Build(runner);

    private Command Build(CommandRunner runner)
    {
        var command = new Command("update", "Changes a client key; what is not named stays as it is.")
        {
            _key, _name, _anyModel, _noTags, _noLimits,
        };
        _options.AddTo(command);
        return runner.Run(command, async (session, cancellationToken) =>
        {
            JsonObject body = Body(session);
            string path = KeyDoors.Of(await session.KeyIdAsync(_key, cancellationToken));
            GatewayReply reply = await session.Gateway.SendAsync(GatewayCall.Patch(path, body), cancellationToken);
            return session.Show(reply, CliJsonContext.Default.KeyEntry, key => KeyView.Show(key, session.Terminal));
        });
    }

    private JsonObject Body(Session session)
    {
        var body = new JsonObject();
        _options.Write(session, body);
        TakeAway(session, body, _anyModel, "models");
        TakeAway(session, body, _noTags, "tags");
        TakeAway(session, body, _noLimits, "limits");
        if (session.Arguments.GetValue(_name) is { } name)
        {
            body["name"] = name;
        }

        return body.Count > 0 ? body : throw new CommandFailure(ExitCodes.WrongUse, "Nothing to change was named: give "
            + "--name, --models, --any-model, --tag, --no-tags, --limit, --no-limits or --expires.");
    }

    private static void TakeAway(Session session, JsonObject body, Option<bool> option, string field)
    {
        if (session.Arguments.GetValue(option) && !body.TryAdd(field, null))
        {
            throw new CommandFailure(
                ExitCodes.WrongUse, $"{option.Name} takes away what another option sets; give one of them.");
        }
    }
}
