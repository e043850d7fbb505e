using System.Globalization;
using System.Runtime.CompilerServices;

namespace Lightport.Cli.Gateway;

/// <summary>Fetches every client key, page by page.</summary>
internal static class KeyPages
{
    private const int Length = 1000;

    /// <exception cref="CommandFailure">A page leads back to one that was read already.</exception>
    public static async IAsyncEnumerable<(GatewayReply Reply, KeyList Page)> ReadAsync(
        GatewayClient gateway,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string limit = Length.ToString(CultureInfo.InvariantCulture);
        var seen = new HashSet<string>();
        string? after = null;
        do
        {
            string path = GatewayCall.WithQuery(KeyDoors.All, ("limit", limit), ("after", after));
            GatewayReply reply = await gateway.SendAsync(GatewayCall.Get(path), cancellationToken);
            KeyList page = reply.Read(CliJsonContext.Default.KeyList);
            yield return (reply, page);
            after = page.Next;
            if (after is not null && !seen.Add(after))
            {
                throw new CommandFailure(
                    ExitCodes.Unavailable, "The gateway's pages of keys lead back to where they were.")
                {
                    Code = "unexpected_answer",
                };
            }
        }
        while (after is not null);
    }
}
