using System.Text;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Primitives;

namespace Lightport.Configuration;

/// <summary>The YAML file, wherever it is, and the news that it changed.</summary>
/// <param name="files">Its folder.</param>
/// <param name="name">Its name there.</param>
/// <param name="shownPath">How people know it.</param>
public sealed class ConfigurationFile(IFileProvider files, string name, string shownPath) : IDisposable
{
    public const string DefaultName = "lightport.yaml";

    private const long MostBytes = 8 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public string Path => shownPath;

    /// <summary>The file that was named, else <c>lightport.yaml</c> in the folder, else null.</summary>
    /// <param name="named">From <c>--config</c> or <c>LIGHTPORT_CONFIG</c>; null where neither is set.</param>
    /// <param name="folder">The working directory.</param>
    /// <param name="mayCome">A file that was named and is not there is not yet there: it may be applied.</param>
    /// <exception cref="ConfigurationException">A file was named that is not there.</exception>
    public static ConfigurationFile? Find(string? named, string folder, bool mayCome = false)
    {
        bool isNamed = !string.IsNullOrEmpty(named);
        string path = System.IO.Path.GetFullPath(isNamed ? named! : DefaultName, folder);
        if (!File.Exists(path))
        {
            return isNamed && !mayCome
                ? throw new ConfigurationException($"There is no configuration file {path}; correct --config or "
                    + "LIGHTPORT_CONFIG, or leave them out to start with the built-in defaults.")
                : null;
        }

        // Polling sees what the file system's own news does not: mounted volumes, and Kubernetes' swapped links.
        var files = new PhysicalFileProvider(System.IO.Path.GetDirectoryName(path)!, ExclusionFilters.None)
        {
            UsePollingFileWatcher = true,
            UseActivePolling = true,
        };
        return new ConfigurationFile(files, System.IO.Path.GetFileName(path), isNamed ? named! : DefaultName);
    }

    /// <summary>Fires once, at the next change.</summary>
    public IChangeToken Watch() => files.Watch(name);

    /// <exception cref="IOException">It cannot be read, or is no text; the message says which.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public string Read()
    {
        IFileInfo file = files.GetFileInfo(name);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"{shownPath} is not there any more.");
        }

        if (file.Length > MostBytes)
        {
            throw new IOException($"{shownPath} is larger than 8 MiB.");
        }

        using Stream stream = file.CreateReadStream();
        using var reader = new StreamReader(stream, StrictUtf8);
        try
        {
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException exception)
        {
            throw new IOException($"{shownPath} is not UTF-8 text; save it as UTF-8.", exception);
        }
    }

    internal FileReading TryRead()
    {
        try
        {
            return new FileReading(Read(), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new FileReading(null, exception.Message);
        }
    }

    public void Dispose() => (files as IDisposable)?.Dispose();
}
