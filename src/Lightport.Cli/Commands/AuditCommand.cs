using System.CommandLine;

namespace Lightport.Cli.Commands;

/// <summary>What a gateway has written down of who did what.</summary>
internal static class AuditCommand
{
    public static Command Create(CommandRunner runner) => new("audit", "Looks at a gateway's audit records.")
    {
        AuditVerifyCommand.Create(runner),
    };
}
