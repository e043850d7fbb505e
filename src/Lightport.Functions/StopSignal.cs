using System.Runtime.InteropServices;

namespace Lightport.Functions;

/// <summary>
/// Whether the worker was ended by a signal of its own (a system short of memory, a person) rather than by its host.
/// The host takes exit code 0 for a worker that is not needed any more, and answers every later request with an error.
/// </summary>
public sealed class StopSignal : IDisposable
{
    /// <summary>On this one the host starts another worker at once, and counts no failure.</summary>
    /// <seealso href="https://github.com/Azure/azure-functions-host"/>
    private const int StartAnother = 200;

    private readonly PosixSignalRegistration _registration;
    private volatile bool _seen;

    public StopSignal() => _registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => _seen = true);

    /// <summary>What the process is to end with after an orderly stop.</summary>
    public int ExitCode => _seen ? StartAnother : 0;

    public void Dispose() => _registration.Dispose();
}
